import { afterAll, beforeAll, expect, test } from "vitest";
import { renderStatus } from "../../../../bot/replies/monitoring/status.ts";
import { insertWindow } from "../../../../core/db/monitoring/maintenance-windows.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { testWords } from "../../../support/office-words.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

test("the overview counts what is down in maintenance apart, and lists it after what goes up and down", async () => {
  const watched = withTargets(office);
  const worked = await watched.put("Trunk Barat", { kind: "link" });
  const shaky = await watched.put("Trunk Timur", { kind: "link" });
  const down = await watched.put("Trunk Utara", { kind: "link" });
  const all = [worked, shaky, down].map(({ checkId }) => checkId);
  await watched.record(0, { up: all });
  for (const seconds of [30, 33])
    await watched.record(seconds, { up: [shaky.checkId, down.checkId], down: [worked.checkId] });
  for (const seconds of [60, 63])
    await watched.record(seconds, { up: [shaky.checkId], down: [worked.checkId, down.checkId] });
  await office.db
    .updateTable("monitor_target_state")
    .set({ is_flapping: true })
    .where("target_id", "=", shaky.targetId)
    .execute();
  const { infrastructure } = office.people;
  const window = { targetId: worked.targetId, beginsAt: second(10), endsAt: second(900), reason: "Ganti router" };
  await office.act((tx) => insertWindow(tx, window, { setBy: infrastructure.id, now: second(10) }));

  const page = await renderStatus(office.db, infrastructure, { kind: "status" }, testWords, second(120));

  const text = page.as === "text" ? page.html : "";
  expect(text).toContain("1 terputus, 1 dalam pemeliharaan, 1 normal");
  expect(text.match(/^(?:🔴|🔁|🛠|🟢) Trunk \w+/gmu)).toEqual(["🔴 Trunk Utara", "🔁 Trunk Timur", "🛠 Trunk Barat"]);
});
