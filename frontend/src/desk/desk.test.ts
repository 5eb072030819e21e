import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, Deed } from "../live/store.ts";
import { Desk, REST_MS } from "./desk.ts";
import { item, state } from "./made.ts";

/** A server whose answers the test gives. */
class Server {
  asked: Deed[] = [];
  private answers: ((answer: Answer) => void)[] = [];

  act(deed: Deed): Promise<Answer> {
    this.asked.push(deed);
    return new Promise((answer) => this.answers.push(answer));
  }

  async says(answer: Answer): Promise<void> {
    this.answers.shift()?.(answer);
    await Promise.resolve();
    await Promise.resolve();
  }
}

const done: Answer = { t: "done", cid: "c" };
const three = () => state([item(1), item(2, { who: "moss" }), item(3)]);

describe("the desk", () => {
  let server: Server;
  let desk: Desk;
  let now: number;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new Server();
    now = 1000;
    desk = new Desk(server, () => now);
    desk.sync(three());
  });
  afterEach(() => void vi.useRealTimers());

  it("offers the first that waits, and rests before it can be decided", () => {
    expect(desk.ui.selected).toBe("i1");
    expect(desk.rested).toBe(false);
    now += REST_MS;
    expect(desk.rested).toBe(true);
  });

  it("names the words that were on the screen", () => {
    desk.approve(item(1));
    expect(server.asked).toEqual([{ t: "decide", id: "i1", decision: "approve", sha: item(1).sha }]);
  });

  it("says sending until the server says done, and goes on to the next at once", async () => {
    desk.approve(item(1));
    expect(desk.ui.asked["item:i1"]?.state).toBe("sending");
    expect(desk.ui.said).toBe("");
    expect(desk.ui.selected).toBe("i2");
    expect(desk.ui.person).toBe("moss");
    await server.says(done);
    expect(desk.ui.asked).toEqual({});
    expect(desk.ui.said).toBe("Approved");
  });

  it("asks for one thing once", () => {
    desk.approve(item(1));
    desk.approve(item(1));
    expect(server.asked).toHaveLength(1);
  });

  it("keeps a refusal until it is read, and its place", async () => {
    desk.approve(item(1));
    await server.says({ t: "err", cid: "c", code: "decided", say: "No." });
    expect(desk.ui.asked["item:i1"]).toMatchObject({ state: "refused", code: "decided" });
    expect(desk.ui.selected).toBe("i2");
    desk.clear("item:i1");
    expect(desk.ui.asked).toEqual({});
  });

  it("stays with the message that somebody else decides", () => {
    desk.select("i2");
    desk.sync(state([item(1), item(2, { who: "moss", state: "published", by: "sam" }), item(3)]));
    expect(desk.ui.selected).toBe("i2");
  });

  it("keeps the one that is being read when others come", () => {
    desk.select("i2");
    desk.sync(state([...(three().desk?.items ?? []), item(4, { level: "alert" })]));
    expect(desk.ui.selected).toBe("i2");
    expect(desk.ui.ids).toEqual(["i4", "i1", "i2", "i3"]);
  });

  it("does not change whom one writes to when a message arrives", () => {
    const empty = new Desk(server, () => now);
    empty.sync(state([]));
    empty.choosePerson("moss");
    empty.sync(state([item(1)]));
    expect(empty.ui.selected).toBe("i1");
    expect(empty.ui.person).toBe("moss");
  });

  it("withholds only with a reason", () => {
    desk.consider("withhold", item(1));
    expect(desk.confirm("")).toBe(false);
    desk.pick("unkind");
    expect(desk.confirm(" be kind ")).toBe(true);
    expect(server.asked.at(-1)).toEqual({
      t: "decide", id: "i1", decision: "decline", sha: item(1).sha, reason: "unkind", note: "be kind",
    });
  });

  it("decides the words that were read, though others stand there now", () => {
    desk.consider("send_back", item(1));
    desk.sync(state([item(1, { body: "other", sha: "f".repeat(64) })]));
    desk.confirm("");
    expect(server.asked.at(-1)).toMatchObject({ decision: "send_back", sha: item(1).sha });
  });

  it("claims what it starts to decide, unless somebody has it", () => {
    desk.consider("withhold", item(1));
    desk.consider("withhold", item(2, { claimed_by: "sam" }));
    expect(server.asked).toEqual([{ t: "claim", id: "i1", drop: false }]);
  });

  it("removes and closes only after it was asked", () => {
    desk.open({ kind: "close" });
    expect(server.asked).toEqual([]);
    desk.confirm("");
    expect(server.asked).toEqual([{ t: "close" }]);
  });
});
