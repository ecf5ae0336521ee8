import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { JournalFault } from "../../telegram-server/store.ts";
import { type Answer, ani, json, openServer, png, type ReceivedUpdates, token } from "./support.ts";

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "telegram-server-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openChild(folder: string) {
  const program = path.join(import.meta.dirname, "child-server.ts");
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  const url = String(line).trim();
  return {
    post: async (where: string, body: object) => (await fetch(`${url}${where}`, json(body))).json() as Promise<Answer>,
    get: async <T>(where: string) => (await fetch(`${url}${where}`)).json() as Promise<T>,
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("all of it is there again after kill -9", async () => {
  const folder = temporaryFolder();
  const bot = "bot1:child";
  const api = "playground/api/people/1001";
  const first = await openChild(folder);
  await first.post(`${api}/start`, {});
  const sent = await first.post(`${bot}/sendMessage`, { chat_id: 1001, text: "lama" });
  await first.post(`${bot}/editMessageText`, { chat_id: 1001, message_id: sent.result.message_id, text: "baru" });
  await first.post(`${bot}/setMyCommands`, { commands: [{ command: "a", description: "b" }] });
  await first.post(`${api}/messages`, { text: "belum diambil" });
  const before = await first.get(`${api}/chat`);
  const updates = await first.get<Answer<ReceivedUpdates>>(`${bot}/getUpdates`);
  await first.get(`${bot}/getUpdates?offset=${updates.result[1].update_id}`);
  await first.kill();

  const second = await openChild(folder);
  expect(await second.get(`${api}/chat`)).toEqual(before);
  expect(before).toMatchObject({
    messages: [{ text: "/start" }, { text: "baru" }, { text: "belum diambil" }],
    started: true,
  });
  const left = await second.get<Answer<ReceivedUpdates>>(`${bot}/getUpdates`);
  expect(left.result).toEqual([updates.result[1]]);
  await second.post(`${api}/messages`, { text: "lagi" });
  const later = await second.get<Answer<ReceivedUpdates>>(`${bot}/getUpdates`);
  expect(later.result[1].update_id).toBe(updates.result[1].update_id + 1);
  expect(later.result[1].message.message_id).toBe(4);
  await second.kill();
});

test("update ids never go back, also when all are confirmed", async () => {
  const folder = temporaryFolder();
  const first = await openServer({ folder });
  first.people.start(ani);
  const [update] = await first.updates();
  await first.updates({ offset: update.update_id + 1 });
  await first.close();
  await (await openServer({ folder })).close();
  const second = await openServer({ folder });
  second.people.sendText(ani, "a");
  expect((await second.updates())[0].update_id).toBe(update.update_id + 1);
});

test("message ids never go back, also when the last is deleted", async () => {
  const folder = temporaryFolder();
  const first = await openServer({ folder });
  const { message_id } = first.people.start(ani);
  await first.call("deleteMessage", { chat_id: ani, message_id });
  await first.close();
  // Once more, so that the journal that is read was shortened.
  await (await openServer({ folder })).close();
  const second = await openServer({ folder });
  expect(second.people.sendText(ani, "a").message_id).toBe(message_id + 1);
});

test("files and a block are there again", async () => {
  const folder = temporaryFolder();
  const first = await openServer({ folder });
  const sent = first.people.sendPhoto(ani, { bytes: png(8, 6) });
  first.people.block(ani);
  await first.close();
  const second = await openServer({ folder });
  expect(second.people.standing(ani)).toEqual({ started: true, blocked: true });
  const { result } = await second.call("getFile", { file_id: sent.photo?.[0]?.file_id });
  const download = await fetch(`${second.url}file/bot${token}/${result.file_path}`);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(png(8, 6));
});

test("a line that a crash cut off is dropped, and what comes after it is kept", async () => {
  const folder = temporaryFolder();
  const first = await openServer({ folder });
  first.people.start(ani);
  await first.close();
  fs.appendFileSync(path.join(folder, "journal.jsonl"), '[{"change":"mess');
  const second = await openServer({ folder });
  second.people.sendText(ani, "sesudah");
  await second.close();
  const third = await openServer({ folder });
  expect(third.people.messages(ani).map(({ text }) => text)).toEqual(["/start", "sesudah"]);
});

test("a journal that is broken in the middle is refused, and left as it is", async () => {
  const folder = temporaryFolder();
  const journal = path.join(folder, "journal.jsonl");
  fs.writeFileSync(journal, "nonsense\n[]\n");
  const options = { token, bot: { id: 1, firstName: "A", username: "a_bot" }, people: [], folder };
  await expect(openTelegramServer(options)).rejects.toThrow(JournalFault);
  expect(fs.readFileSync(journal, "utf8")).toBe("nonsense\n[]\n");
});

test("the journal is rewritten to its shortest at open", async () => {
  const folder = temporaryFolder();
  const journal = path.join(folder, "journal.jsonl");
  const first = await openServer({ folder });
  first.people.start(ani);
  const { result } = await first.call("sendMessage", { chat_id: ani, text: "0" });
  for (let edit = 1; edit <= 20; edit++) {
    await first.call("editMessageText", { chat_id: ani, message_id: result.message_id, text: String(edit) });
  }
  await first.close();
  const before = fs.readFileSync(journal, "utf8").split("\n").length;
  await openServer({ folder });
  expect(before).toBeGreaterThan(20);
  expect(fs.readFileSync(journal, "utf8").split("\n").length).toBeLessThan(10);
});
