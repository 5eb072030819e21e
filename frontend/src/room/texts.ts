/** Every word of the room, in one table. Plain and kind: no blame, no alarm, no hurry. */

const TEXTS = {
  "bar.week": "Week {week} of {weeks}",
  "state.lobby": "Not open yet",
  "state.open": "Open now",
  "state.paused": "Taking a pause",
  "state.closed": "This evening is over",

  "skip.write": "Go to where you write",

  "here.button": "{count} here",
  "here.title": "Who is here",
  "here.you": "{name} (you)",
  "here.close": "Close",
  "role.volunteer": "Youth worker",
  "role.counsellor": "Counsellor",
  "role.lead": "Safeguarding lead",
  "role.deputy": "Safeguarding lead",
  "role.staff": "Counsellor",

  "tab.label": "Where you write",
  "tab.room": "Everyone",
  "tab.line": "Just the counsellors",
  "tab.new": "{count} new",

  "log.room": "Messages in the room",
  "log.line": "Messages between you and the counsellors",
  "log.empty": "It's quiet so far. Say hello, or just read along.",
  "log.new": "{count} new",
  "log.read.off": "Stop reading new messages aloud",
  "log.read.on": "Read new messages aloud",

  "said.you": "You",
  "said.reply": "Reply to {name}",
  "said.reply.you": "Reply to yourself",
  "said.answers": "Answering {name}",
  "said.answers.you": "Answering you",
  "said.answers.self": "Answering yourself",
  "said.earlier": "an earlier message",
  "said.gone": "a message that was taken out",
  "said.more": "What you can do with your message",
  "said.removed": "A counsellor took this message out.",
  "said.removed.mine": "A counsellor took your message out.",
  "said.withdrawn": "{name} took this message back.",
  "said.withdrawn.mine": "You took this message back.",
  "said.sent": "Sent",
  "said.sending": "Sending…",
  "said.changing": "You are changing it below.",
  "said.moved": "You showed this to the counsellors instead of the room.",

  "late": "That didn't send yet. We've kept it.",
  "late.again": "Try again",
  "held": "A counsellor is reading this. It stays just between you and them until then.",
  "held.closed": "The evening is over. A counsellor still reads this. It stays just between you and them.",
  "declined": "This one stays between you and the counsellors.",
  "sent_back": "A counsellor sent this back to you.",
  "note.from": "From a counsellor:",
  "refused": "This didn't go to the room. We've kept your words.",
  "refused.line": "This didn't go through. We've kept your words.",

  "do.back": "Take it back",
  "do.change": "Change it and send again",
  "do.change.words": "Change it",
  "do.line": "To the counsellors only",
  "do.drop": "Let it go",
  "do.failed": "That didn't go through yet. Please try again.",

  "care.told": "Thank you for saying it. A counsellor has been told, and will write to you here soon.",
  "care.line": "Thank you for saying it. A counsellor has been told.",
  "care.refused":
    "That sounds heavy, and nobody has seen it yet. You don't have to carry it alone: show it to the counsellors, or talk to somebody now.",
  "care.help": "Help now",
  "care.write": "Write to the counsellors",

  "write.room": "Write to everyone",
  "write.later": "Write for later",
  "write.line": "Write to the counsellors",
  "write.send": "Send",
  "write.to_line": "Send to the counsellors only",
  "write.left": "{count} letters left",
  "write.over": "{count} letters too many. You could send it in two parts.",
  "write.only_words": "Only words can go in here. The picture stayed with you.",
  "write.answering": "Answering {name}",
  "write.changing": "Changing your message",
  "write.stop": "Stop",

  "lobby.title": "The room opens soon",
  "lobby.text": "A counsellor opens it. You can wait right here, it opens by itself.",
  "lobby.starts": "It starts at {time}.",
  "lobby.back": "Go to the lobby",
  "paused.adults": "We are taking a pause until enough counsellors are here again. It goes on by itself.",
  "paused.staff": "The counsellors are taking a pause with the room. They open it again when it is time.",
  "paused.line": "You can still write to {names}. If they are away just now, they read it as soon as they are back.",
  "paused.keep": "The room takes nothing just now. Your words wait here, or go to the counsellors.",
  "closed.text": "Thank you for being here. You can read this evening again until tomorrow.",
  "closed.line": "You can still write to {names} for an hour after the end.",
  "closed.keep": "Your words are still here. They can go to the counsellors.",
  "muted.text": "You can read along for now, until {time}.",
  "muted.keep": "You can still write to the counsellors.",
  "line.open": "Write to the counsellors",

  "line.who": "Only {names} can read this, and the safeguarding lead. No one else in the room can.",
  "line.who.nobody": "Only the counsellors of tonight can read this, and the safeguarding lead. No one else in the room can.",
  "line.paused": "It stays open in the pause. They read it as soon as they can.",
  "line.closed": "It stays open for an hour after the end.",
  "line.lobby": "They read it as soon as they are here.",
  "line.urgent": "If it can't wait, Help now is at the top.",
  "line.empty": "You can write here at any time, about anything.",
  "names.and": "{first} and {last}",
  "names.counsellors": "the counsellors",

  "link.connecting": "Coming in…",
  "link.reconnecting": "Reconnecting. What you write is kept.",
  "link.offline": "You are offline. What you write is kept, and goes out when you are back.",
  "link.back": "Connected again.",

  "end.signed_out": "You are signed out",
  "end.signed_out.text": "Come back with your key phrase whenever you like.",
  "end.signed_out.do": "Come back in",
  "end.left": "You have left this room",
  "end.left.text": "If you want to talk to somebody now, Help now is at the top.",
  "end.left.do": "Go to my evening",
  "end.missing": "This room isn't here any more",
  "end.missing.text": "It may be over, or it may be on another evening.",
  "end.missing.do": "Go to my evening",
  "end.broken": "This page needs a moment",
  "end.broken.text": "Something on it stopped. The words you wrote are kept.",
  "end.broken.do": "Load it again",

  "loud.lobby": "The room is not open yet.",
  "loud.open": "The room is open.",
  "loud.paused": "The room is paused for now.",
  "loud.closed": "The evening has come to its end.",
  "loud.message": "{name}: {body}",
  "loud.line": "{name}, just to you: {body}",
} as const;

export type TextKey = keyof typeof TEXTS;

/** The words for a key, with the places in braces filled in. */
export function t(key: TextKey, places: Record<string, string | number> = {}): string {
  return TEXTS[key].replace(/\{(\w+)\}/g, (_, name: string) => String(places[name] ?? ""));
}

/** "Kit", "Kit and Sam", "Kit, Sam and Jo". */
export function listed(names: string[]): string {
  const last = names.at(-1) ?? "";
  if (names.length < 2) return last;
  return t("names.and", { first: names.slice(0, -1).join(", "), last });
}
