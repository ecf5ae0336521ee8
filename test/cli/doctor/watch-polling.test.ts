import { expect, it } from "vitest";
import { type Answer, watchPolling } from "../../../cli/doctor/telegram.ts";

const waiting = (...ids: number[]): Answer => ({ ok: true, result: ids.map((update_id) => ({ update_id })) });
const refused = (code: number): Answer => ({ ok: false, code, description: "as Telegram says it" });

/** Polls against these answers, of which the last one is repeated. */
async function watch(forMs: number, ...answers: Answer[]) {
  const asked: unknown[] = [];
  const ask = async (method: string, parameters?: object) => {
    asked.push({ method, ...parameters });
    return answers[Math.min(asked.length, answers.length) - 1] ?? refused(500);
  };
  return { look: await watchPolling(ask, forMs), asked };
}

it.each<[string, Answer[], object]>([
  ["nobody polls and nothing waits", [waiting()], { outcome: "alone", waiting: false }],
  ["nobody polls and what waits stays", [waiting(7)], { outcome: "alone", waiting: true }],
  ["another poll ends ours", [refused(409)], { outcome: "conflict" }],
  ["what waited is gone", [waiting(7), waiting()], { outcome: "taken" }],
  ["what waited is gone, and more has come", [waiting(7), waiting(8)], { outcome: "taken" }],
  ["Telegram refuses", [refused(502)], { outcome: "refused", description: "as Telegram says it" }],
])("%s", async (_case, answers, expected) => {
  const { look } = await watch(1_200, ...answers);

  expect(look).toMatchObject(expected);
});

it("confirms nothing and changes nothing: no offset, no kinds of updates", async () => {
  const { asked } = await watch(1_200, waiting(7));

  expect(asked.length).toBeGreaterThan(1);
  for (const each of asked) expect(each).toEqual({ method: "getUpdates", limit: 1, timeout: expect.any(Number) });
});
