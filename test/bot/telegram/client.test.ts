import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openClient } from "../../../bot/telegram/client.ts";
import { TelegramFailure } from "../../../bot/telegram/telegram-failure.ts";
import { fault, fromBot, gate, openTestTelegram, SITI, silent, type TestTelegram, TOKEN } from "../support.ts";

/** One pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const SECRET_TEXT = "the text of a person";

let telegram: TestTelegram;

beforeAll(async () => {
  telegram = await openTestTelegram();
});
beforeEach(() => telegram.reset());
afterAll(() => telegram.close());

/** @returns the address of a server that answers so until the end of the test */
async function openProxy(answer: RequestListener): Promise<string> {
  const proxy = createServer(answer);
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function failureOf(call: Promise<unknown>): Promise<TelegramFailure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TelegramFailure);
  return error as TelegramFailure;
}

describe("sending", () => {
  it("knows who the bot is", async () => {
    expect(await telegram.client.getMe()).toEqual({ id: 123456, username: "simpul_bot" });
  });

  it("sends HTML with buttons, as a reply, without a preview of pages", async () => {
    const [start] = telegram.server.people.messages(SITI);

    const id = await telegram.client.sendMessage(SITI, "<b>Tiket</b> T-0001", {
      buttons: [[{ label: "Ambil", data: "t.0" }], [{ label: "Buka", url: "https://example.org/" }]],
      replyTo: start?.message_id,
    });

    expect(fromBot(telegram, SITI).at(-1)).toMatchObject({
      message_id: id,
      text: "Tiket T-0001",
      entities: [{ type: "bold", offset: 0, length: 5 }],
      reply_to_message: { message_id: start?.message_id },
      reply_markup: {
        inline_keyboard: [[{ text: "Ambil", callback_data: "t.0" }], [{ text: "Buka", url: "https://example.org/" }]],
      },
    });
    expect(JSON.parse(telegram.calls.at(-1)?.fields.link_preview_options ?? "{}")).toEqual({ is_disabled: true });
  });

  it("sends an answer even where the message that it answers was deleted", async () => {
    await telegram.client.sendMessage(SITI, "Halo", { replyTo: 999_999 });

    expect(fromBot(telegram, SITI).at(-1)?.text).toBe("Halo");
  });

  it("edits a message, which loses its buttons where none are given", async () => {
    const id = await telegram.client.sendMessage(SITI, "Menunggu", { buttons: [[{ label: "Ambil", data: "t.0" }]] });

    await telegram.client.editMessage(SITI, id, "Diambil");

    const message = fromBot(telegram, SITI).at(-1);
    expect(message).toMatchObject({ message_id: id, text: "Diambil" });
    expect(message).not.toHaveProperty("reply_markup");
  });

  it("uploads a document with caption, of a name that would break out of its header", async () => {
    await telegram.client.sendFile("document", SITI, {
      bytes: Buffer.from("isi"),
      name: 'surat "dinas"\r\nContent-Type: text\r\n\r\n.txt',
      caption: "<i>Surat</i>",
    });

    expect(fromBot(telegram, SITI).at(-1)).toMatchObject({
      caption: "Surat",
      document: { file_name: "surat dinasContent-Type: text.txt", file_size: 3 },
    });
  });

  it("uploads a photo as a reply", async () => {
    const [start] = telegram.server.people.messages(SITI);

    await telegram.client.sendFile("photo", SITI, { bytes: PNG, name: "foto.png", replyTo: start?.message_id });

    expect(fromBot(telegram, SITI).at(-1)).toMatchObject({
      photo: [{ width: 1, height: 1 }],
      reply_to_message: { message_id: start?.message_id },
    });
  });

  it("answers a button press", async () => {
    const id = await telegram.client.sendMessage(SITI, "Ambil?", { buttons: [[{ label: "Ya", data: "t.0" }]] });
    const press = telegram.server.people.press(SITI, id, "t.0");

    await telegram.client.answerCallbackQuery({ id: press, text: "Sudah diambil", showAlert: true });

    expect(telegram.server.people.callbackAnswers(SITI).at(-1)).toMatchObject({
      text: "Sudah diambil",
      showAlert: true,
    });
  });

  it("sets the menu of commands of one chat", async () => {
    const commands = [{ command: "tiket", description: "Tiket saya" }];

    await telegram.client.setMyCommands(commands, SITI);

    expect(telegram.server.people.commands(SITI)).toEqual(commands);
    expect(telegram.server.people.commands(1002)).toEqual([]);
  });

  it("downloads what somebody sent", async () => {
    const bytes = Buffer.from("isi surat");
    const sent = telegram.server.people.sendDocument(SITI, { bytes, name: "surat.txt", mimeType: "text/plain" });

    const { stream, sizeBytes } = await telegram.client.download(sent.document?.file_id ?? "");

    expect(sizeBytes).toBe(bytes.length);
    expect(await buffer(stream)).toEqual(bytes);
  });

  it("keeps the path of an address that does not end in a slash", async () => {
    const paths: (string | undefined)[] = [];
    const url = await openProxy((request, response) => {
      paths.push(request.url);
      response.end(JSON.stringify({ ok: true, result: { id: 1, username: "simpul_bot" } }));
    });

    await openClient({ token: TOKEN, apiRoot: `${url}/telegram`, log: silent }).getMe();

    expect(paths).toEqual([`/telegram/bot${TOKEN}/getMe`]);
  });
});

describe("failures", () => {
  it.each([
    [fault(401, "Unauthorized"), { reason: "unauthorized" }],
    [fault(403, "Forbidden: bot was blocked by the user"), { reason: "blocked" }],
    [fault(409, "Conflict: terminated by other getUpdates request"), { reason: "conflict" }],
    [fault(409, "Conflict: can't use getUpdates method while webhook is active; use …"), { reason: "webhook" }],
    [fault(429, "Too Many Requests", { retry_after: 7 }), { reason: "too-many", retryAfterSeconds: 7 }],
    [
      fault(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: -1005 }),
      { reason: "migrated", toChatId: -1005 },
    ],
    [fault(400, "Bad Request: message is not modified: …"), { reason: "unchanged" }],
    [fault(400, "Bad Request: message to edit not found"), { reason: "gone" }],
    [fault(400, "Bad Request: message can't be edited"), { reason: "gone" }],
    [fault(400, "Bad Request: message text is empty"), { reason: "refused" }],
    [fault(400, "Bad Request: chat not found"), { reason: "no-chat" }],
    [fault(400, "Bad Request: message thread not found"), { reason: "no-topic" }],
    [fault(400, "Bad Request: TOPIC_ID_INVALID"), { reason: "no-topic" }],
    [fault(400, "Bad Request: TOPIC_NOT_MODIFIED"), { reason: "unchanged" }],
    [fault(400, "Bad Request: the chat is not a forum"), { reason: "not-a-forum" }],
    [fault(400, "Bad Request: not enough rights to create a topic"), { reason: "no-rights" }],
    [fault(502, "Bad Gateway"), { reason: "unavailable" }],
    [{ status: 200, body: "a page of somebody in between" }, { reason: "unavailable" }],
    [{ status: 200, body: { ok: true, result: "no message" } }, { reason: "unavailable" }],
    [{ drop: true as const }, { reason: "unavailable" }],
  ])("tells %j", async (answer, why) => {
    telegram.intercept = async () => answer;

    const failure = await failureOf(telegram.client.sendMessage(SITI, SECRET_TEXT));

    expect(failure.why).toEqual(why);
    expect(failure.method).toBe("sendMessage");
  });

  it.each([
    ["a refusal", fault(400, `Bad Request: can't parse entities: unsupported start tag "${SECRET_TEXT}"`)],
    ["a fault", fault(500, "Internal Server Error")],
    ["no JSON", { status: 200, body: SECRET_TEXT }],
    ["a cut connection", { drop: true as const }],
  ])("never tells the token or the text: %s", async (_what, answer) => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    const client = openClient({ token: TOKEN, apiRoot: telegram.url, log });
    telegram.intercept = async () => answer;

    const failure = await failureOf(client.sendMessage(SITI, SECRET_TEXT));
    log.error({ err: failure }, "as somebody careless would log it");

    const told = [failure.message, failure.stack, JSON.stringify(failure), ...lines].join("\n");
    expect(told).toContain("sendMessage");
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain(SECRET_TEXT);
  });

  it("never tells the token when nobody answers, or a file is not there", async () => {
    const nobody = openClient({ token: TOKEN, apiRoot: "http://127.0.0.1:1/", log: silent });
    telegram.intercept = async () => ({ status: 200, body: { ok: true, result: { file_path: "nowhere" } } });

    const failures = [await failureOf(nobody.getMe()), await failureOf(telegram.client.download("id"))];

    expect(failures.map(({ reason, description }) => ({ reason, description }))).toEqual([
      { reason: "unavailable", description: "ECONNREFUSED" },
      { reason: "refused", description: "no such file" },
    ]);
    for (const { message, stack } of failures) expect(`${message} ${stack}`).not.toContain(TOKEN);
  });

  it("never tells the token when somebody in between answers with a page", async () => {
    const url = await openProxy((_request, response) => response.end("<html>Masuk ke jaringan</html>"));

    const failure = await failureOf(openClient({ token: TOKEN, apiRoot: url, log: silent }).getMe());

    expect(failure).toMatchObject({ reason: "unavailable", description: "not an answer of the Bot API" });
    expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure)}`).not.toContain(TOKEN);
  });

  it.each<[string, string, (bytes: Buffer) => Buffer]>([
    ["gzip", "gzip", gzipSync],
    ["deflate", "deflate", deflateSync],
    ["brotli", "br", brotliCompressSync],
  ])("asks for nothing packed, and unpacks nothing that comes packed all the same: %s", async (_way, name, pack) => {
    const asked: unknown[] = [];
    const answer = { ok: true, result: { id: 1, username: "simpul_bot", filling: "0".repeat(20_000_000) } };
    const packed = pack(Buffer.from(JSON.stringify(answer)));
    const url = await openProxy((request, response) => {
      asked.push(request.headers["accept-encoding"]);
      response.writeHead(200, { "content-encoding": name }).end(packed);
    });

    const failure = await failureOf(openClient({ token: TOKEN, apiRoot: url, log: silent }).getMe());

    expect(failure).toMatchObject({ reason: "unavailable", description: "not an answer of the Bot API" });
    expect(`${failure.message} ${failure.stack}`).not.toContain(TOKEN);
    expect(asked).toEqual(["identity"]);
    expect(packed.length).toBeLessThan(100_000);
  });

  it("cuts off an answer that does not end", { timeout: 30_000 }, async () => {
    const cutOff = gate();
    let sentBytes = 0;
    const url = await openProxy((_request, response) => {
      const piece = Buffer.alloc(1024 * 1024, " ");
      const body = new Readable({
        read() {
          sentBytes += piece.length;
          this.push(piece);
        },
      });
      response.once("close", () => {
        body.destroy();
        cutOff.open();
      });
      response.writeHead(200, { "content-type": "application/json" });
      body.pipe(response);
    });

    const failure = await failureOf(openClient({ token: TOKEN, apiRoot: url, log: silent }).getMe());
    await cutOff.opened;

    expect(failure).toMatchObject({ reason: "unavailable", description: "not an answer of the Bot API" });
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
  });

  it("gives up a call to which no answer comes", async () => {
    const held = gate();
    telegram.intercept = async () => {
      await held.opened;
      return undefined;
    };

    const failure = await failureOf(telegram.client.getMe({ withinMs: 50 }));

    expect(failure).toMatchObject({ reason: "unavailable", description: "no answer in time" });
    held.open();
  });

  it("ends a call when told to, with the reason that was given", async () => {
    const stop = new AbortController();
    const held = gate();
    telegram.intercept = async () => {
      stop.abort(new Error("stopping"));
      await held.opened;
      return undefined;
    };

    await expect(telegram.client.getMe({ signal: stop.signal })).rejects.toThrow("stopping");
    held.open();
  });
});
