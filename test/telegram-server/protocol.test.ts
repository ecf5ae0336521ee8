import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { ani, badRequest, form, json, openServer, rawForm, refused, token } from "./support.ts";

describe("a call", () => {
  test("is answered by GET with a query string", async () => {
    const server = await openServer();
    server.people.start(ani);
    const answer = await server.request(`sendMessage?chat_id=${ani}&text=halo+dunia`);
    expect(answer.result.text).toBe("halo dunia");
  });

  test("takes urlencoded, multipart and JSON bodies alike", async () => {
    const server = await openServer();
    server.people.start(ani);
    const markup = JSON.stringify({ inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] });
    const fields = { chat_id: String(ani), text: "halo", reply_markup: markup };
    const answers = [
      await server.request("sendMessage", { method: "POST", body: new URLSearchParams(fields) }),
      await server.request("sendMessage", form(fields)),
      await server.request("sendMessage", json({ chat_id: ani, text: "halo", reply_markup: JSON.parse(markup) })),
      await server.request("sendMessage", json(fields)),
    ];
    for (const answer of answers) {
      expect(answer.result).toMatchObject({ text: "halo", reply_markup: JSON.parse(markup) });
    }
  });

  test("does not tell the letters of a method's name apart", async () => {
    const server = await openServer();
    expect((await server.call("GETME")).result.username).toBe("simpul_bot");
  });

  test("is refused with a wrong token", async () => {
    const server = await openServer();
    const response = await fetch(`${server.url}bot1:wrong/getMe`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ ok: false, error_code: 401, description: "Unauthorized" });
  });

  test("of an unknown method is 404", async () => {
    const server = await openServer();
    expect(await server.call("sendSticker")).toEqual(refused(404, "Not Found: method not found"));
  });

  test("elsewhere is 404", async () => {
    const server = await openServer();
    const response = await fetch(`${server.url}elsewhere`);
    expect(await response.json()).toEqual({ ok: false, error_code: 404, description: "Not Found" });
  });

  test("with an object that was not encoded is refused", async () => {
    const server = await openServer();
    server.people.start(ani);
    const base = { chat_id: String(ani), text: "halo" };
    expect(await server.request("sendMessage", form({ ...base, reply_markup: "[object Object]" }))).toEqual(
      badRequest("can't parse reply keyboard markup JSON object"),
    );
    expect(await server.request("sendMessage", form({ ...base, reply_parameters: "[object Object]" }))).toEqual(
      badRequest("can't parse reply parameters JSON object"),
    );
  });

  test("with a body that is not JSON goes on without parameters, as Telegram does", async () => {
    const server = await openServer();
    const init = { ...json({}), body: '{"chat_id": 1001, ' };
    expect(await server.request("sendMessage", init)).toEqual(badRequest("message text is empty"));
  });

  test("with more than 51 MB is refused, also where the size is not told", async () => {
    const server = await openServer();
    const chunk = new Uint8Array(2 ** 20);
    let left = 60;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
    expect(await server.request("sendDocument", init)).toEqual(refused(413, "Request Entity Too Large"));
  });

  test("that is given up while it polls leaves the next poller alone", async () => {
    const server = await openServer();
    const hangUp = new AbortController();
    const arrival = server.arrivalOf("getUpdates");
    const first = fetch(server.methodUrl("getUpdates"), { ...json({ timeout: 50 }), signal: hangUp.signal });
    await arrival;
    hangUp.abort();
    await expect(first).rejects.toThrow();
    const second = server.updates({ timeout: 50 });
    server.people.start(ani);
    expect(await second).toHaveLength(1);
  });
});

describe("a form", () => {
  const field = (name: string, value: string) => ({
    headers: `Content-Disposition: form-data; name="${name}"`,
    body: value,
  });

  async function send(headers: string) {
    const server = await openServer();
    server.people.start(ani);
    return await server.request("sendDocument", rawForm(field("chat_id", String(ani)), { headers, body: "isi" }));
  }

  test("may have a file name with an escaped quote or percent signs", async () => {
    const escaped = await send('Content-Disposition: form-data; name="document"; filename="a\\"b.txt"');
    expect(escaped.result.document.file_name).toBe('a"b.txt');
    const encoded = await send('content-disposition: form-data; filename="a%22b%0D%0Ac.txt"; name="document"');
    expect(encoded.result.document.file_name).toBe('a"b  c.txt');
  });

  test("loses the folders of a file name", async () => {
    const answer = await send('Content-Disposition: form-data; name="document"; filename="../../etc/passwd"');
    expect(answer.result.document.file_name).toBe("passwd");
  });

  test("is refused where a raw quote cuts a file name", async () => {
    const answer = await send('Content-Disposition: form-data; name="document"; filename="a"b.txt"');
    expect(answer).toEqual(badRequest("expected ';' in Content-Disposition header"));
  });

  test("is refused where a line break cuts a file name", async () => {
    const answer = await send('Content-Disposition: form-data; name="document"; filename="a\r\nContent-Type: b"');
    expect(answer).toEqual(badRequest("unclosed quoted string in Content-Disposition header"));
  });

  test("is refused where a part has no name, and where the end is missing", async () => {
    expect(await send("Content-Type: text/plain")).toEqual(badRequest("field name in multipart/form-data not found"));
    const server = await openServer();
    const init = {
      ...rawForm(field("chat_id", "1")),
      body: '--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
    };
    expect(await server.request("sendDocument", init)).toEqual(badRequest("unexpected end of request content"));
  });

  test("keeps bytes that look like a boundary's beginning", async () => {
    const server = await openServer();
    server.people.start(ani);
    const body = "a\r\n--x\r\n\r\nb";
    const headers = 'Content-Disposition: form-data; name="document"; filename="a.txt"';
    const sent = await server.request("sendDocument", rawForm(field("chat_id", String(ani)), { headers, body }));
    const { result } = await server.call("getFile", { file_id: sent.result.document.file_id });
    const download = await fetch(`${server.url}file/bot${token}/${result.file_path}`);
    expect(await download.text()).toBe(body);
  });
});

test("what is no HTTP does not stop the server", async () => {
  const server = await openServer();
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => socket.end("nonsense\r\n\r\n"));
    socket.on("close", () => resolve());
    socket.resume();
  });
  expect((await server.call("getMe")).ok).toBe(true);
});
