import { request } from "node:http";
import { expect, test } from "vitest";
import { temporaryFolder } from "./support/folders.ts";
import { npmStart } from "./support/simpul.ts";

test("a bad environment is refused with every problem and an example of each", async () => {
  await using simpul = npmStart({
    env: {
      SIMPUL_PROFILE: "medan",
      PORT: "99999",
      DATABASE_URL: "mysql://localhost/simpul",
      TELEGRAM_BOT_TOKEN: "123",
    },
  });

  const { code } = await simpul.hasEnded();

  expect(code).not.toBe(0);
  expect(simpul.output()).toContain("4 problems in the environment");
  for (const example of ["SIMPUL_PROFILE=labura", "PORT=8080", "DATABASE_URL=postgres://", "TELEGRAM_BOT_TOKEN=1"]) {
    expect(simpul.output()).toContain(`for example ${example}`);
  }
});

test("the playground is refused where others could reach it", async () => {
  await using simpul = npmStart({ env: { HOST: "0.0.0.0" } });

  const { code } = await simpul.hasEnded();

  expect(code).not.toBe(0);
  expect(simpul.output()).toContain(
    "HOST must be one of 127.0.0.1, ::1, localhost while TELEGRAM_BOT_TOKEN is not set",
  );
});

test("the playground answers neither under a foreign name nor to a foreign page", async () => {
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path } });
  const address = await simpul.isReady();
  const people = new URL("playground/api/people", address);
  const start = new URL("playground/api/people/7000001/start", address);

  expect(await statusOf(people, {})).toBe(200);
  expect(await statusOf(people, { host: "simpul.example" })).toBe(403);
  expect(await statusOf(start, { origin: "http://simpul.example" }, "{}")).toBe(403);
  expect(await statusOf(start, { origin: address.slice(0, -1) }, "{}")).toBe(200);
});

/** By hand, for `fetch` does not let a Host through. */
function statusOf(url: URL, headers: Record<string, string>, body?: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const method = body === undefined ? "GET" : "POST";
  const call = request(url, { method, headers: { "content-type": "application/json", ...headers } }, (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  call.on("error", reject);
  call.end(body);
  return promise;
}
