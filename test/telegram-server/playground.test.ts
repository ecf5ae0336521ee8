import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ani, budi, form, json, openServer, png } from "./support.ts";

type Body = Record<string, unknown> & { error?: string; message?: { message_id: number }; callback_query_id?: string };

async function openPlayground() {
  const server = await openServer();
  const origin = new URL(server.url).origin;
  const fetchAt = (path: string, init: RequestInit = {}) => fetch(`${server.url}playground${path}`, init);
  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as Body });
  return {
    ...server,
    origin,
    fetchAt,
    get: async (path: string) => read(await fetchAt(path)),
    post: async (path: string, init: RequestInit = { method: "POST" }) => read(await fetchAt(path, init)),
    /** Straight to the handler, with headers that fetch would not send. */
    handle: (path: string, init: RequestInit = {}) =>
      server.playground(new Request(`${origin}/playground${path}`, init)),
  };
}

const at = (person: number, what: string) => `/api/people/${person}/${what}`;

describe("the page", () => {
  test("is served with its scripts and styles, and may load nothing from elsewhere", async () => {
    const { fetchAt } = await openPlayground();
    for (const [path, type] of [
      ["", "text/html"],
      ["/playground.js", "text/javascript"],
      ["/playground.css", "text/css"],
    ]) {
      const response = await fetchAt(path ?? "");
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toContain(type);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  test.each([
    "/tsconfig.json",
    "/types.d.ts",
    "/..%2Fserver.ts",
    "/%2e%2e/server.ts",
    "/page.html",
    "/__proto__",
    "/api/people/constructor",
  ])("serves nothing else: %s", async (path) => {
    const { handle } = await openPlayground();
    expect((await handle(path)).status).toBe(404);
  });
});

describe("the API", () => {
  test("lists the bot and the people", async () => {
    const { get, people } = await openPlayground();
    people.start(budi);
    expect((await get("/api/people")).body).toEqual({
      bot: { id: 4242, first_name: "Simpul", username: "simpul_bot" },
      people: [
        {
          id: ani,
          first_name: "Ani",
          last_name: "Wijaya",
          username: "ani_w",
          label: "Staff",
          started: false,
          blocked: false,
        },
        { id: budi, first_name: "Budi", started: true, blocked: false },
      ],
      groups: [],
    });
  });

  test("starts, writes, edits, presses, blocks and unblocks", async () => {
    const { post, get, call, people, updates } = await openPlayground();
    expect((await post(at(ani, "start"), json({ payload: "kode-1" }))).body.message).toMatchObject({
      text: "/start kode-1",
    });
    const sent = await post(at(ani, "messages"), json({ text: "salah", reply_to_message_id: 1 }));
    expect(sent.body.message).toMatchObject({ text: "salah", reply_to_message: { message_id: 1 } });
    await post(at(ani, "edits"), json({ message_id: 2, text: "benar" }));
    const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };
    await call("sendMessage", { chat_id: ani, text: "?", reply_markup });
    await call("setMyCommands", { commands: [{ command: "a", description: "b" }] });
    const pressed = await post(at(ani, "presses"), json({ message_id: 3, data: "y" }));
    expect((await updates()).at(-1)?.callback_query.id).toBe(pressed.body.callback_query_id);
    expect((await post(at(ani, "block"))).status).toBe(200);
    expect((await get(at(ani, "chat"))).body).toEqual({
      messages: people.messages(ani),
      commands: [{ command: "a", description: "b" }],
      started: true,
      blocked: true,
    });
    expect(people.messages(ani).map(({ text }) => text)).toEqual(["/start kode-1", "benar", "?"]);
    expect((await post(at(ani, "unblock"))).status).toBe(200);
    expect(people.standing(ani).blocked).toBe(false);
  });

  test("takes a photo and a document as a form", async () => {
    const { post, people } = await openPlayground();
    const photo = new File([new Uint8Array(png(8, 6))], "a.png", { type: "image/png" });
    await post(at(ani, "messages"), form({ file: photo, kind: "photo", caption: "Rak" }));
    const document = new File(["%PDF"], 'surat "penting".pdf', { type: "application/pdf" });
    await post(at(ani, "messages"), form({ file: document, kind: "document", reply_to_message_id: "1" }));
    expect(people.messages(ani)).toMatchObject([
      { photo: [{ width: 8, height: 6 }], caption: "Rak" },
      {
        document: { file_name: 'surat "penting".pdf', mime_type: "application/pdf" },
        reply_to_message: { message_id: 1 },
      },
    ]);
  });

  test.each([
    ["a person who is not there", at(5, "messages"), json({ text: "a" }), 404],
    ["no text", at(ani, "messages"), json({}), 400],
    ["a text too long", at(ani, "messages"), json({ text: "a".repeat(4097) }), 400],
    ["what is no JSON", at(ani, "messages"), { ...json({}), body: "{" }, 400],
    ["a list", at(ani, "messages"), json([]), 400],
    ["a form without a file", at(ani, "messages"), form({ kind: "photo" }), 400],
    ["a form without a kind", at(ani, "messages"), form({ file: new File(["a"], "a.txt") }), 400],
    ["a photo that is none", at(ani, "messages"), form({ kind: "photo", file: new File(["a"], "a.png") }), 400],
    ["an edit of nothing", at(ani, "edits"), json({ message_id: 99, text: "a" }), 404],
    ["a press of nothing", at(ani, "presses"), json({ message_id: 1, data: "y" }), 409],
    ["a press without a number", at(ani, "presses"), json({ message_id: "1", data: "y" }), 400],
    ["another method", at(ani, "block"), { method: "DELETE" }, 405],
    ["an unknown action", at(ani, "dance"), { method: "POST" }, 404],
  ])("refuses %s with a sentence", async (_, path, init: RequestInit, status) => {
    const { post, people } = await openPlayground();
    people.start(ani);
    const answer = await post(path, init);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(/^\p{Lu}.+\.$/u);
    expect(people.messages(ani)).toHaveLength(1);
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ])("unpacks nothing that could swell: %s", async (coding, pack) => {
    const { post, people } = await openPlayground();
    const upload = form({ kind: "document", file: new File(["x".repeat(20_000_000)], "a.txt") });
    const plainUpload = new Request("http://localhost/", upload);
    const bodies = [
      { type: "application/json", bytes: Buffer.from('{"text":"a"}') },
      {
        type: plainUpload.headers.get("content-type") ?? "",
        bytes: Buffer.from(await plainUpload.arrayBuffer()),
      },
    ];

    const answers = await Promise.all(
      bodies.map(({ type, bytes }) =>
        post(at(ani, "messages"), {
          method: "POST",
          headers: { "content-type": type, "content-encoding": coding },
          body: new Uint8Array(pack(bytes)),
        }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(people.messages(ani)).toEqual([]);
  });

  test("refuses a form above 51 MB", async () => {
    const { post } = await openPlayground();
    const file = new File([new Uint8Array(52 * 2 ** 20)], "a.bin");
    expect((await post(at(ani, "messages"), form({ kind: "document", file }))).status).toBe(413);
  });
});

describe("the events", () => {
  test("tell what happens in the apps, and end with the server", async () => {
    const { fetchAt, call, people, close } = await openPlayground();
    people.start(ani);
    const response = await fetchAt("/api/events");
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const text = response.text();
    const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };
    const sent = await call("sendMessage", { chat_id: ani, text: "a", reply_markup });
    const message = { chat_id: ani, message_id: sent.result.message_id };
    const callback_query_id = people.press(ani, message.message_id, "y");
    await call("answerCallbackQuery", { callback_query_id, text: "Tersimpan" });
    await call("editMessageText", { ...message, text: "b" });
    await call("deleteMessage", message);
    await call("setMyCommands", {
      commands: [{ command: "a", description: "b" }],
      scope: { type: "chat", chat_id: ani },
    });
    await close();
    const events = [...(await text).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
    expect(events).toEqual([
      { type: "message", person_id: ani, message: sent.result },
      { type: "callback-answer", person_id: ani, callback_query_id, text: "Tersimpan", show_alert: false },
      { type: "edit", person_id: ani, message: expect.objectContaining({ text: "b" }) },
      { type: "delete", person_id: ani, message_id: message.message_id },
      { type: "commands", person_id: ani, commands: [{ command: "a", description: "b" }] },
    ]);
  });

  test("go on for others when one reader leaves", async () => {
    const { handle, people, close } = await openPlayground();
    const leaving = await handle("/api/events");
    const staying = await handle("/api/events");
    await leaving.body?.cancel();
    people.sendText(ani, "halo");
    await close();
    expect(await staying.text()).toContain("halo");
  });
});

describe("a file", () => {
  const document = (name: string, mimeType: string) => ({
    bytes: Buffer.from("<script>alert(1)</script>"),
    name,
    mimeType,
  });

  test("that is a picture is shown", async () => {
    const { fetchAt, people } = await openPlayground();
    const id = people.sendPhoto(ani, { bytes: png(8, 6) }).photo?.[0]?.file_id;
    const response = await fetchAt(`/files/${id}`);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("content-disposition")).toBe("inline");
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png(8, 6));
  });

  test.each([
    ["a.html", "text/html", "application/octet-stream"],
    ["a.svg", "image/svg+xml", "application/octet-stream"],
    ["a", "text/html; charset=utf-8", "application/octet-stream"],
    ["a.pdf", "application/pdf", "application/pdf"],
    ["a.oga", "audio/ogg", "audio/ogg"],
  ])("that is %s of type %s is saved as %s", async (name, mimeType, type) => {
    const { fetchAt, people } = await openPlayground();
    const id = people.sendDocument(ani, document(name, mimeType)).document?.file_id;
    const response = await fetchAt(`/files/${id}`);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
  });

  test("has a name that cannot leave its header", async () => {
    const { fetchAt, people } = await openPlayground();
    const id = people.sendDocument(ani, document('surat"; filename=é\r\nX: y.txt', "text/plain")).document?.file_id;
    const response = await fetchAt(`/files/${id}`);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="surat__ filename__  X_ y.txt"; filename*=UTF-8''surat%22%3B%20filename%3D%C3%A9%20%20X%3A%20y.txt`,
    );
    expect(response.headers.get("x")).toBeNull();
  });

  test("that is not there is 404", async () => {
    const { get } = await openPlayground();
    expect((await get("/files/AgACnothing")).status).toBe(404);
  });
});

describe("a foreign request", () => {
  test.each(["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8080", "LOCALHOST:80"])(
    "with Host %s is not one",
    async (host) => {
      const { handle } = await openPlayground();
      expect((await handle("/api/people", { headers: { host } })).status).toBe(200);
    },
  );

  test.each([
    "example.com",
    "localhost.example.com",
    "127.0.0.1.nip.io",
    "10.0.0.1:8080",
    "localhost:8080@example.com",
    "[::2]",
    "",
  ])("with Host %s is refused", async (host) => {
    const { handle } = await openPlayground();
    for (const path of ["", "/api/people", "/api/events", "/files/a"]) {
      expect((await handle(path, { headers: { host } })).status).toBe(403);
    }
  });

  const post = (headers: Record<string, string>) => ({
    method: "POST",
    headers: { host: "localhost:8080", ...headers },
  });

  test.each([
    [{}],
    [{ origin: "http://localhost:8080" }],
    [{ origin: "http://localhost:8080", "sec-fetch-site": "same-origin" }],
    [{ "sec-fetch-site": "none" }],
    [{ "sec-fetch-site": "same-origin" }],
  ])("that changes something with %o is not one", async (headers) => {
    const { handle, people } = await openPlayground();
    expect((await handle(at(ani, "start"), post(headers))).status).toBe(200);
    expect(people.standing(ani).started).toBe(true);
  });

  test.each([
    [{ origin: "http://example.com" }],
    [{ origin: "http://localhost:8081" }],
    [{ origin: "http://localhost" }],
    [{ origin: "null" }],
    [{ origin: "" }],
    [{ origin: "http://localhost:8080", "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
  ])("that changes something with %o is refused", async (headers) => {
    const { handle, people } = await openPlayground();
    expect((await handle(at(ani, "start"), post(headers))).status).toBe(403);
    expect(people.standing(ani).started).toBe(false);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/json-seq"])(
    "with a body of type %s is refused",
    async (type) => {
      const { handle, people } = await openPlayground();
      const init = { ...post({ "content-type": type }), body: '{"text":"a"}' };
      expect((await handle(at(ani, "messages"), init)).status).toBe(415);
      expect(people.messages(ani)).toEqual([]);
    },
  );

  test("gets no CORS headers", async () => {
    const { handle } = await openPlayground();
    const response = await handle("/api/people", { headers: { host: "localhost", origin: "http://example.com" } });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });
});
