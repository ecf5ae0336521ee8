import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/installation.ts";
import { ani, badRequest, budi, openServer, type ReceivedUpdate, refused } from "./support.ts";

const secret = "a-secret_of-this-test";

type Delivery = { update: ReceivedUpdate; headers: http.IncomingHttpHeaders; method: string | undefined };
type Info = { url: string; pending_update_count: number; last_error_date?: number; last_error_message?: string };

/** Who is delivered to. `answer` may take its time; what it gives is the status, or nothing at all. */
async function openHook(
  answer: (delivery: Delivery) => Promise<number | "cut"> | number | "cut" = () => 200,
  headers: Record<string, string> = {},
) {
  const deliveries: Delivery[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const update = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const delivery = { update, headers: request.headers, method: request.method };
    deliveries.push(delivery);
    const status = await answer(delivery);
    if (status === "cut") return response.destroy();
    response.writeHead(status, headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/telegram`, port, deliveries, close };
}

/** The texts that were delivered, failed ones too. */
const textsOf = (deliveries: Delivery[]) => deliveries.map(({ update }) => update.message?.text);
const eventually = <Value>(read: () => Value) => expect.poll(read, { interval: 5 });

async function infoOf({ call }: Awaited<ReturnType<typeof openServer>>): Promise<Info> {
  return (await call<Info>("getWebhookInfo")).result;
}

describe("setWebhook", () => {
  test("delivers what waits and what comes, with the secret, and no more of it is polled for", async () => {
    const server = await openServer();
    const hook = await openHook();
    server.people.sendText(ani, "sebelumnya");
    expect((await server.call("setWebhook", { url: hook.url, secret_token: secret })).result).toBe(true);
    server.people.sendText(ani, "sesudahnya");

    await eventually(() => textsOf(hook.deliveries)).toEqual(["sebelumnya", "sesudahnya"]);

    expect(hook.deliveries[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    });
    await eventually(() => infoOf(server)).toEqual({
      url: hook.url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
      ip_address: "127.0.0.1",
    });
    expect(await server.call("getUpdates")).toEqual(
      refused(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      ),
    );
  });

  test("has no header where no secret was given", async () => {
    const server = await openServer();
    const hook = await openHook();
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");

    await eventually(() => hook.deliveries.length).toBe(1);

    expect(hook.deliveries[0]?.headers).not.toHaveProperty("x-telegram-bot-api-secret-token");
  });

  test("ends the poll that waits", async () => {
    const server = await openServer();
    const arrival = server.arrivalOf("getUpdates");
    const waiting = server.call("getUpdates", { timeout: 50 });
    await arrival;
    await server.call("setWebhook", { url: (await openHook()).url });
    expect(await waiting).toEqual(refused(409, "Conflict: terminated by setWebhook request"));
  });

  test.each([
    ["http://example.go.id/telegram", "bad webhook: An HTTPS URL must be provided for webhook"],
    ["https://example.go.id:8080/", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"],
    ["ftp://example.go.id/", "invalid webhook URL specified"],
    ["https://", "invalid webhook URL specified"],
  ])("refuses %s", async (url, reason) => {
    const server = await openServer();
    expect(await server.call("setWebhook", { url })).toEqual(badRequest(reason));
    expect((await infoOf(server)).url).toBe("");
  });

  test.each(["https://example.go.id/telegram", "https://example.go.id:8443/", "example.go.id", "http://[::1]:1/"])(
    "takes %s",
    async (url) => {
      const server = await openServer();
      expect((await server.call("setWebhook", { url })).result).toBe(true);
      expect((await infoOf(server)).url).toBe(url);
    },
  );

  test.each([
    ["a".repeat(257), "secret token is too long"],
    ["dengan spasi", "secret token contains unallowed characters"],
    ["é", "secret token contains unallowed characters"],
  ])("refuses the secret %s, and then no webhook is left", async (secret_token, reason) => {
    const server = await openServer();
    const { url } = await openHook();
    await server.call("setWebhook", { url });
    expect(await server.call("setWebhook", { url, secret_token })).toEqual(badRequest(reason));
    expect((await infoOf(server)).url).toBe("");
  });

  test("takes the kinds that are to come, and a secret of 256", async () => {
    const server = await openServer();
    const hook = await openHook();
    const allowed_updates = ["edited_message"];
    await server.call("setWebhook", { url: hook.url, secret_token: "a".repeat(256), allowed_updates });
    const { message_id } = server.people.sendText(ani, "tidak diminta");
    server.people.editText(ani, message_id, "diubah");

    await eventually(() => hook.deliveries.map(({ update }) => update.edited_message?.text)).toEqual(["diubah"]);

    expect(await infoOf(server)).toMatchObject({ allowed_updates, pending_update_count: expect.any(Number) });
  });

  test("drops what is pending where that is asked for, and the empty url removes it", async () => {
    const server = await openServer();
    const hook = await openHook();
    server.people.sendText(ani, "lama");
    await server.call("setWebhook", { url: hook.url, drop_pending_updates: true });
    server.people.sendText(ani, "baru");
    await eventually(() => textsOf(hook.deliveries)).toEqual(["baru"]);

    expect((await server.call("setWebhook", { url: "" })).result).toBe(true);

    expect((await infoOf(server)).url).toBe("");
  });
});

describe("delivery", () => {
  test("comes twice where the plan of faults says so", async () => {
    const server = await openServer();
    const hook = await openHook();
    await server.call("setWebhook", { url: hook.url });
    server.faults.start({ rules: [{ kind: "double-delivery", next: 1 }] });
    server.people.sendText(ani, "satu");
    server.people.sendText(ani, "dua");
    await eventually(() => textsOf(hook.deliveries)).toEqual(["satu", "satu", "dua"]);
  });

  test("comes again until it is taken, and getWebhookInfo tells why", async () => {
    const server = await openServer();
    let failures = 0;
    const held = Promise.withResolvers<void>();
    const hook = await openHook(async () => {
      failures += 1;
      if (failures === 1) return 503;
      await held.promise;
      return 204;
    });
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");

    await eventually(() => textsOf(hook.deliveries)).toEqual(["halo", "halo"]);
    expect(await infoOf(server)).toMatchObject({
      pending_update_count: 1,
      last_error_date: Date.parse("2026-11-22T02:00:00Z") / 1000,
      last_error_message: "Wrong response from the webhook: 503 Service Unavailable",
    });
    held.resolve();

    await eventually(async () => (await infoOf(server)).pending_update_count).toBe(0);
    expect((await infoOf(server)).last_error_message).toContain("503");
    expect(hook.deliveries).toHaveLength(2);
  });

  test.each([
    ["a redirection", 302, "Wrong response from the webhook: 302 Found"],
    ["a wrong secret", 401, "Wrong response from the webhook: 401 Unauthorized"],
    ["a cut connection", "cut" as const, "Webhook connection closed"],
  ])("fails by %s", async (_what, answer, message) => {
    const server = await openServer();
    const hook = await openHook(() => answer);
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");
    await eventually(async () => (await infoOf(server)).last_error_message).toBe(message);
  });

  test("fails where nobody listens, and gets through when somebody does", async () => {
    const server = await openServer({ longestRetryWaitMs: 20 });
    const closed = await openHook();
    await closed.close();
    await server.call("setWebhook", { url: closed.url });
    server.people.sendText(ani, "halo");
    await eventually(async () => (await infoOf(server)).last_error_message).toBe("Connection refused");

    const received: string[] = [];
    const again = http.createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      received.push(text);
      response.end();
    });
    again.listen(closed.port, "127.0.0.1");
    onTestFinished(() => void again.close());

    await eventually(() => received.length).toBe(1);
  });

  test("waits 2 and 4 seconds after the second and third failure", { timeout: 20_000 }, async () => {
    const server = await openServer();
    const times: number[] = [];
    const hook = await openHook(() => {
      times.push(performance.now());
      return 500;
    });
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");

    await expect.poll(() => times.length, { interval: 20 }).toBe(4);

    const waits = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
    expect(waits).toEqual([0, 2, 4]);
  });

  test("waits as long as the answer asks for", async () => {
    const server = await openServer({ longestRetryWaitMs: 1 });
    const times: number[] = [];
    const hook = await openHook(() => times.push(performance.now()) && 503, { "retry-after": "1" });
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");

    await eventually(() => times.length).toBe(2);

    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  });

  test("goes one after the other in a chat, and chats do not wait for each other", async () => {
    const server = await openServer();
    const held = Promise.withResolvers<void>();
    const hook = await openHook(async ({ update }) => {
      if (update.message.text === "satu") await held.promise;
      return 200;
    });
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "satu");
    server.people.sendText(ani, "dua");
    server.people.sendText(budi, "tiga");

    await eventually(() => textsOf(hook.deliveries).toSorted()).toEqual(["satu", "tiga"]);
    held.resolve();

    await eventually(() => textsOf(hook.deliveries).at(-1)).toBe("dua");
    expect(hook.deliveries).toHaveLength(3);
  });

  test("keeps to max_connections", async () => {
    const server = await openServer();
    const held = Promise.withResolvers<void>();
    const hook = await openHook(async () => {
      await held.promise;
      return 200;
    });
    await server.call("setWebhook", { url: hook.url, max_connections: 1 });
    server.people.sendText(ani, "satu");
    server.people.sendText(budi, "dua");
    await eventually(() => hook.deliveries.length).toBe(1);
    expect(await infoOf(server)).toMatchObject({ max_connections: 1, pending_update_count: 2 });
    held.resolve();

    await eventually(() => textsOf(hook.deliveries)).toEqual(["satu", "dua"]);
  });
});

describe("deleteWebhook", () => {
  test("leaves what was not taken to who polls", async () => {
    const server = await openServer();
    const hook = await openHook(() => 500);
    await server.call("setWebhook", { url: hook.url });
    server.people.sendText(ani, "halo");
    await eventually(() => hook.deliveries.length).toBeGreaterThan(0);

    expect((await server.call("deleteWebhook")).result).toBe(true);

    expect((await server.updates()).map(({ message }) => message.text)).toEqual(["halo"]);
    expect(await infoOf(server)).toEqual({ url: "", has_custom_certificate: false, pending_update_count: 1 });
  });

  test("can drop what is pending", async () => {
    const { call, people, updates } = await openServer();
    people.start(ani);
    expect((await call("deleteWebhook")).result).toBe(true);
    expect(await updates({ allowed_updates: ["message"] })).toHaveLength(1);
    expect((await call("getWebhookInfo")).result).toMatchObject({
      pending_update_count: 1,
      allowed_updates: ["message"],
    });
    expect((await call("deleteWebhook", { drop_pending_updates: true })).result).toBe(true);
    expect(await updates()).toEqual([]);
  });
});

test("a webhook outlives its server, with what waited", async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  let isOpen = false;
  const hook = await openHook(() => (isOpen ? 200 : 500));
  const first = await openServer({ folder: folder.path });
  await first.call("setWebhook", { url: hook.url, secret_token: secret, max_connections: 7 });
  first.people.sendText(ani, "halo");
  await eventually(() => hook.deliveries.length).toBeGreaterThan(0);
  await first.close();
  isOpen = true;
  const failed = hook.deliveries.length;

  const second = await openServer({ folder: folder.path });

  await eventually(() => textsOf(hook.deliveries.slice(failed))).toEqual(["halo"]);
  expect(hook.deliveries.at(-1)?.headers).toMatchObject({ "x-telegram-bot-api-secret-token": secret });
  await eventually(async () => (await infoOf(second)).pending_update_count).toBe(0);
  await second.close();

  const third = await openServer({ folder: folder.path });

  expect(await infoOf(third)).toMatchObject({ url: hook.url, max_connections: 7, pending_update_count: 0 });
});
