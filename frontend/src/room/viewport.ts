/**
 * The height that is really there, so that the composer stays above the keyboard: not every phone
 * makes the page smaller when its keyboard opens.
 */

const TIGHT_REM = 27;

export function followViewport(): void {
  const view = window.visualViewport;
  if (!view) return;
  const root = document.documentElement;
  const follow = () => {
    // Zoomed in with two fingers: the page must keep its size, or it would follow the fingers.
    if (view.scale > 1.01) return;
    root.style.setProperty("--view-height", `${Math.round(view.height)}px`);
    const rem = Number.parseFloat(getComputedStyle(root).fontSize);
    root.toggleAttribute("data-tight", view.height < TIGHT_REM * rem);
    if (view.offsetTop > 0) scrollTo(0, 0);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
  follow();
  // While somebody writes in little room, the words come before the title.
  const typing = () => root.toggleAttribute("data-typing", document.activeElement?.tagName === "TEXTAREA");
  document.addEventListener("focusin", typing);
  document.addEventListener("focusout", typing);
}
