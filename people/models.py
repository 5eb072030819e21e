"""Who there is: staff accounts with their roles, young people known by a key phrase, the audit."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff may do; the words are those of the service."""

    VOLUNTEER = "volunteer", _("volunteer")
    COUNSELLOR = "counsellor", _("counsellor")
    COORDINATOR = "coordinator", _("coordinator")
    LEAD = "lead", _("safeguarding lead")
    DEPUTY = "deputy", _("deputy")
    OPERATOR = "operator", _("operator")


class AccountManager(BaseUserManager["Account"]):
    """Makes staff accounts."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: object
    ) -> Account:
        """Save a new account; without a password nobody can sign in with one."""
        account = self.model(username=username, email=email, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One named member of staff. Young people never have one."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(max_length=20, choices=Role.choices)
    checks_until = models.DateField(_("checks in date until"), null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")

    def checks_in_date(self, today: date) -> bool:
        """Whether training and background checks still hold on this day."""
        return self.checks_until is not None and self.checks_until >= today

    def __str__(self) -> str:
        return self.name


def new_person_id() -> str:
    """An id that says nothing: 128 random bits."""
    return secrets.token_hex(16)


class YoungPerson(models.Model):
    """Somebody who came alone. ``locator``: two words in clear; ``proof``: Argon2id of six."""

    id = models.CharField(primary_key=True, max_length=32, default=new_person_id)
    locator = models.CharField(max_length=40, unique=True)
    proof = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    is_authenticated = True

    def __str__(self) -> str:
        return self.id


class AuditEntry(models.Model):
    """One act of one named person: opaque ids only, chained by hash, never changed."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
