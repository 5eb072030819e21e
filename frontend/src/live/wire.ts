/** The types of the wire. New code imports them from ../protocol.ts. */

export type * from "../protocol.ts";
