import { describe, expect, test } from "vitest";
import type { PlaygroundSwitch } from "../../telegram-server/server.ts";
import { openServer } from "./support.ts";

async function openSwitches() {
  let isCut = false;
  const trunk: PlaygroundSwitch = {
    ...{ name: "cut-trunk", title: "Trunk putus", says: "Semua terputus.", isOn: () => isCut },
    turn: async (isOn) => {
      isCut = isOn;
    },
  };
  const { url } = await openServer({ switches: [{ title: "Link", switches: [trunk], note: "Hanya satu." }] });
  async function ask(method: string, path = "", body?: unknown, headers: Record<string, string> = {}) {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${url}playground/switches${path}`, {
      ...{ method, headers: { ...type, ...headers } },
      ...json,
    });
    return { status: response.status, body: await response.json() };
  }
  return { ask, isCut: () => isCut };
}

const shown = { name: "cut-trunk", title: "Trunk putus", says: "Semua terputus." };

describe("switches beside Telegram", () => {
  test("are shown with how they stand, and turned", async () => {
    const { ask, isCut } = await openSwitches();
    expect((await ask("GET")).body).toEqual({
      groups: [{ title: "Link", switches: [{ ...shown, is_on: false }], note: "Hanya satu." }],
    });
    expect((await ask("PUT", "/cut-trunk", { is_on: true })).body).toEqual({ ...shown, is_on: true });
    expect(isCut()).toBe(true);
    await ask("PUT", "/cut-trunk", { is_on: false });
    expect(isCut()).toBe(false);
  });

  test.each([
    ["GET", "/cut-trunk", undefined, 405, "Alamat ini hanya menerima PUT."],
    ["DELETE", "", undefined, 405, "Alamat ini hanya menerima GET."],
    ["PUT", "/no-such", { is_on: true }, 404, "Tidak ada sakelar itu."],
    ["PUT", "/cut-trunk", { is_on: "yes" }, 400, 'Kolom "is_on" harus berupa true atau false.'],
  ])("%s %s with %j is refused with %i", async (method, path, body, status, error) => {
    const { ask, isCut } = await openSwitches();
    expect(await ask(method, path, body)).toEqual({ status, body: { error } });
    expect(isCut()).toBe(false);
  });

  test("are not for a page of somebody else", async () => {
    const { ask, isCut } = await openSwitches();
    const foreign = { origin: "https://evil.example" };
    expect((await ask("PUT", "/cut-trunk", { is_on: true }, foreign)).status).toBe(403);
    expect(isCut()).toBe(false);
  });
});
