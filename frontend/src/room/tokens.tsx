/** The small drawn shapes that stand for people. Staff have none: they have their first letter. */

import type { Member } from "../protocol.ts";

const SHAPES: Record<string, string> = {
  stone: "M5 17c-2-3-1-8 3-10.5S18 5 20 9.5s.5 8-3 9-10.5 1-12-1.5z",
  leaf: "M5 19C3 10 9 4 20 4c1 11-5 17-13.5 14M5 19.5C7 15 10 11.5 14 9.5",
  shell: "M12 20 4.2 12.5a8 8 0 0 1 15.6 0zM12 20V5.2M12 20 7.8 6.4M12 20l4.2-13.6",
  moon: "M14.5 4a8.3 8.3 0 1 0 5.7 11.3A8 8 0 0 1 14.5 4z",
  feather: "M5 20C4 11 9 4.5 19.5 4c.5 9.5-4 14.5-12 14M5 20 15 9.5M8.2 16.6l5 .4M11 13.7l4.8.1",
  acorn: "M4.5 10C4.5 6.7 8 5 12 5s7.5 1.7 7.5 5zM6 10.2c0 5 3 8.3 6 10.3 3-2 6-5.3 6-10.3M12 5V2.5",
  cloud: "M7 18.5a4.2 4.2 0 0 1-.5-8.4 5.6 5.6 0 0 1 10.9-.8A4.7 4.7 0 0 1 17 18.5z",
  wave: "M3 9.5c3-4 6-4 9 0s6 4 9 0M3 16c3-4 6-4 9 0s6 4 9 0",
};

export function Token({ member }: { member: Member | undefined }) {
  const shape = SHAPES[member?.token ?? ""];
  return (
    <span class="token" data-colour={member?.colour} data-part={member?.part} aria-hidden="true">
      {shape ? <svg viewBox="0 0 24 24" focusable="false"><path d={shape} /></svg> : member?.name.slice(0, 1)}
    </span>
  );
}
