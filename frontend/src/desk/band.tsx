/** Alerts that nobody has taken: over everything, until a named person takes them. */

import type { Alert, Me, Member } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import { unheardMinutes } from "./alarm.ts";
import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { Button, Waiting, Words } from "./parts.tsx";
import { t } from "./texts.ts";
import type { Asked } from "./ui-state.ts";
import { takersHere, takes } from "./view.ts";
import { serverTime, waited } from "./waiting.ts";

interface BandProps {
  desk: Desk;
  alerts: readonly Alert[];
  members: readonly Member[];
  me: Me;
  asked: Readonly<Record<string, Asked>>;
  onTake: (alert: Alert) => void;
  onRead: (alert: Alert) => void;
}

export const Band = memo(function Band({ alerts, members, me, asked, ...rest }: BandProps) {
  if (alerts.length === 0) return null;
  const count = alerts.length;
  return (
    <section class="desk-band" aria-label={t("alert.label")}>
      {count > 1 && <p class="desk-band-count">{t("alert.more", { count })}</p>}
      {alerts.map((alert, i) => (
        <OneAlert key={alert.id} alert={alert} first={i === 0} members={members} me={me}
          asked={asked[`alert:${alert.id}`]} {...rest} />
      ))}
    </section>
  );
});

interface OneProps extends Omit<BandProps, "alerts" | "asked"> {
  alert: Alert;
  first: boolean;
  asked: Asked | undefined;
}

const OneAlert = memo(function OneAlert(props: OneProps) {
  const { alert, first, members, me, asked, onRead } = props;
  const member = members.find((one) => one.who === alert.who);
  return (
    <article class="desk-alert">
      <Token member={member} />
      <div class="desk-alert-words">
        <h2>
          {t("alert.title", { name: member?.name ?? t("name.somebody") })}{" "}
          <Waiting since={alert.at} />
        </h2>
        <blockquote><Words body={alert.body} reasons={alert.reasons} /></blockquote>
        <p>
          <span class="desk-alert-why">{alert.reasons.map((reason) => reason.say).join(" ")}</span>{" "}
          <b>{stepWords(alert)}</b>
        </p>
        {asked?.state === "refused" && <p class="desk-refused">{asked.say}</p>}
      </div>
      <div class="desk-alert-acts">
        {takes(me.role) ? <Take {...props} /> : <Tell members={members} me={me} />}
        <Button tone="plain" {...(first && !takes(me.role) && { act: "take" as const })}
          onClick={() => onRead(alert)}>
          {t("alert.read")}
        </Button>
      </div>
    </article>
  );
});

function Take({ alert, first, asked, onTake }: OneProps) {
  const sending = asked?.state === "sending";
  return (
    <Button tone="main" {...(first && { act: "take" as const, hint: t("alert.keys") })} blocked={sending}
      onClick={() => { if (!sending) onTake(alert); }}>
      {t(sending ? "alert.taking" : "alert.take")}
    </Button>
  );
}

/** A volunteer does not carry this alone: who can, by name. */
function Tell({ members, me }: { members: readonly Member[]; me: Me }) {
  const names = takersHere(members, me).map((one) => one.name);
  return (
    <p class="desk-tell">
      <b>{t("alert.tell")}</b>{" "}
      {names.length > 0 ? t("alert.here", { names: names.join(", ") }) : t("alert.nobody")}
    </p>
  );
}

/** How long nobody has taken it, in words. */
export function stepWords(alert: Alert): string {
  const step = alert.step ?? 0;
  if (step === 0) return t("alert.step0");
  const minutes = unheardMinutes(step, waited(alert.at, serverTime.of(Date.now())));
  return minutes === 1 ? t("alert.step1") : t("alert.step", { minutes });
}
