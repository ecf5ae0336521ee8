import { describe, expect, test } from "vitest";
import { ani, json, openServer } from "./support.ts";

async function openControl() {
  const server = await openServer();
  const { url } = server;
  const host = new URL(url).host;
  server.people.start(ani);
  async function ask(method: string, path = "", body?: unknown, headers: Record<string, string> = {}) {
    const given =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const init = { method, ...given, headers: { ...given.headers, ...headers } };
    const response = await fetch(`${url}playground/faults${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, never> & { error: string } };
  }
  return {
    ...server,
    host,
    ask,
    /** Straight to the handler, with headers that fetch would not send. */
    handle: (init: RequestInit, path = "") =>
      server.playground(new Request(`http://${host}/playground/faults${path}`, init)),
  };
}

const plan = { seed: 7, rules: [{ kind: "too-many-requests", retryAfterSeconds: 3, next: 1 }] };

describe("the control", () => {
  test("begins a plan, tells it and what happened, and ends it", async () => {
    const { ask, call } = await openControl();
    expect((await ask("GET")).body).toMatchObject({ plan: { rules: [] }, happened: [] });
    expect((await ask("PUT", "", plan)).body).toMatchObject({ plan, happened: [0] });
    expect((await call("sendMessage", { chat_id: ani, text: "a" })).status).toBe(429);
    expect((await ask("GET")).body).toMatchObject({ plan, happened: [1] });
    const { record } = (await ask("GET", "/record")).body;
    expect(record).toMatchObject([{ place: "sendMessage", nth: 1, chat: ani, rule: { kind: "too-many-requests" } }]);
    expect((await ask("DELETE")).body).toMatchObject({ plan: { rules: [] } });
    expect((await ask("PUT", "", { replay: record })).status).toBe(200);
    expect((await call("sendMessage", { chat_id: ani, text: "a" })).status).toBe(429);
    expect((await call("sendMessage", { chat_id: ani, text: "a" })).status).toBe(200);
  });

  test("names the kinds there are", async () => {
    const { ask } = await openControl();
    const { kinds } = (await ask("GET")).body;
    expect(kinds).toContainEqual({
      kind: "late",
      moment: "queued",
      parameter: { name: "delaySeconds", usual: 10, least: 0, most: 86_400 },
    });
  });

  test("tells the last of what happened", async () => {
    const { ask, call } = await openControl();
    await ask("PUT", "", { rules: [{ kind: "token-changed" }] });
    for (const method of ["getMe", "getChat", "getFile"]) await call(method);
    const { record } = (await ask("GET", "/record?last=2")).body;
    expect(record).toMatchObject([{ place: "getChat" }, { place: "getFile" }]);
  });

  test("tells the page that there is news", async () => {
    const { ask, url } = await openControl();
    const stream = await fetch(`${url}playground/api/events`);
    const reader = (stream.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    await ask("PUT", "", plan);
    expect((await reader.read()).value).toBe('data: {"type":"faults"}\n\n');
    await reader.cancel();
  });

  test.each([
    ["POST", ""],
    ["PATCH", ""],
    ["DELETE", "/record"],
  ])("does not take %s of it%s", async (method, path) => {
    const { ask } = await openControl();
    expect((await ask(method, path)).status).toBe(405);
  });
});

describe("a foreign request", () => {
  test("by its Host is refused, also where it only reads", async () => {
    const { handle, faults } = await openControl();
    const headers = { host: "example.com", "content-type": "application/json" };
    for (const path of ["", "/record"]) expect((await handle({ headers }, path)).status).toBe(403);
    expect((await handle({ method: "PUT", headers, body: JSON.stringify(plan) })).status).toBe(403);
    expect(faults.plan()).toBeUndefined();
  });

  test.each([{ origin: "http://example.com" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }])(
    "by %o is refused",
    async (foreign) => {
      const { handle, host, faults } = await openControl();
      const headers = { host, "content-type": "application/json", ...foreign };
      expect((await handle({ method: "PUT", headers, body: JSON.stringify(plan) })).status).toBe(403);
      expect(faults.plan()).toBeUndefined();
      faults.start({ rules: [{ kind: "half-open" }] });
      expect((await handle({ method: "DELETE", headers: { host, ...foreign } })).status).toBe(403);
      expect(faults.plan()).toBeDefined();
    },
  );

  test("by its type is refused", async () => {
    const { handle, host } = await openControl();
    const headers = { host, "content-type": "text/plain" };
    expect((await handle({ method: "PUT", headers, body: JSON.stringify(plan) })).status).toBe(415);
  });
});

describe("a plan is refused with a sentence", () => {
  test.each<[given: unknown, sentence: string]>([
    [[], "Isi permintaan bukan objek JSON."],
    [{}, 'Kolom "rules" harus berupa daftar. Contoh rencana: { "seed": 7, "rules": [{ "kind": "server-error",'],
    [{ rule: [] }, 'Rencana gangguan: kolom "rule" tidak dikenal. Yang ada: seed, rules.'],
    [{ seed: -1, rules: [] }, 'Rencana gangguan: "seed" harus bilangan dari 0 sampai 4294967295, misalnya 7.'],
    [{ seed: 1.5, rules: [] }, 'Rencana gangguan: "seed" harus bilangan bulat, misalnya 7.'],
    [{ rules: ["slow"] }, 'Aturan 1 harus objek JSON, misalnya { "kind": "half-open", "next": 1 }.'],
    [{ rules: [{ kind: "toString" }] }, 'Aturan 1: "kind" harus salah satu dari too-many-requests, server-error,'],
    [
      { rules: [{ kind: "slow" }, { kind: "slow", probability: 20 }] },
      'Aturan 2: "probability" harus bilangan dari 0 sampai 1, misalnya 0.2.',
    ],
    [{ rules: [{ kind: "server-error", status: 501 }] }, 'Aturan 1: "status" harus salah satu dari 500, 502, 504.'],
    [{ rules: [{ kind: "slow", delaySeconds: "3" }] }, '"delaySeconds" harus bilangan dari 0 sampai 3600, misalnya 3.'],
    [{ rules: [{ kind: "half-open", delaySeconds: 3 }] }, 'Aturan 1 (half-open): kolom "delaySeconds" tidak dikenal.'],
    [
      { rules: [{ kind: "gap", methods: ["getMe"] }] },
      'Aturan 1 (gap): kolom "methods" tidak dikenal. Yang ada: kind, days,',
    ],
    [{ rules: [{ kind: "reorder", chat: 1001 }] }, 'Aturan 1 (reorder): kolom "chat" tidak dikenal.'],
    [{ rules: [{ kind: "late", methods: ["getMe"] }] }, 'Aturan 1 (late): kolom "methods" tidak dikenal.'],
    [
      { rules: [{ kind: "slow", methods: [] }] },
      '"methods" harus daftar nama, misalnya ["sendMessage", "editMessageText"].',
    ],
    [
      { rules: [{ kind: "slow", methods: ["sendMesage"] }] },
      'Aturan 1: metode "sendMesage" tidak dikenal, misalnya "sendMessage".',
    ],
    [{ rules: [{ kind: "slow" }, { kind: "slow", delaySeconds: 3 }] }, "Aturan 2 sama dengan aturan sebelumnya."],
    [{ replay: [{ kind: "slow" }] }, "Rekaman 1 bukan rekaman dari GET /playground/faults/record."],
    [{ replay: [], seed: 1 }, 'Rencana gangguan: kolom "seed" tidak dikenal. Yang ada: replay.'],
  ])("%j", async (given, sentence) => {
    const { ask, faults } = await openControl();
    faults.start({ seed: 1, rules: [{ kind: "half-open" }] });
    const { status, body } = await ask("PUT", "", given);
    expect({ status, error: body.error }).toEqual({ status: 400, error: expect.stringContaining(sentence) });
    expect(faults.plan()?.rules).toEqual([{ kind: "half-open" }]);
  });

  test("what is no JSON", async () => {
    const { url } = await openControl();
    const response = await fetch(`${url}playground/faults`, { ...json({}), method: "PUT", body: "{" });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 400,
      body: { error: "Isi permintaan bukan JSON." },
    });
  });

  test("in the process too", async () => {
    const { faults } = await openServer();
    const start = () => faults.start({ rules: [{ kind: "slow", probability: 2 }] });
    expect(start).toThrow('"probability" harus bilangan dari 0 sampai 1');
  });
});
