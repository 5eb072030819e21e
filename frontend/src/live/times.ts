/** How long the room waits for what, in milliseconds. Tests hand in shorter ones. */

export interface Times {
  /** Between two beats of ours. */
  beat: number;
  /** Without a word from the server, after which the link counts as dead (L6: said within 12 s). */
  silent: number;
  /** Without a first word on a new link: some networks swallow sockets without a refusal. */
  opening: number;
  /** The first wait before coming back, doubled each time up to `longest`. */
  first: number;
  longest: number;
  /** While on plain HTTP: between two tries of the socket. */
  socketAgain: number;
  /** On plain HTTP: how long one poll may wait for news. */
  poll: number;
  /** Between two `got` frames. */
  got: number;
  /** An unanswered message is marked after this (L3: within 8 s). */
  late: number;
  /** An act without an answer is given up after this. */
  act: number;
  /** Before a message that the server could not take just now is sent again by itself. */
  retry: number;
}

export const TIMES: Times = {
  beat: 5000,
  silent: 11000,
  opening: 6000,
  first: 500,
  longest: 8000,
  socketAgain: 30000,
  poll: 9000,
  got: 500,
  late: 7500,
  act: 15000,
  retry: 5000,
};
