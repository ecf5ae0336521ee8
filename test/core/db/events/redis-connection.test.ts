import { describe, expect, it } from "vitest";
import { addressOf, describeRedisFault } from "../../../../core/db/events/redis-connection.ts";

describe("the address of a Redis", () => {
  it.each([
    ["redis://127.0.0.1", { host: "127.0.0.1", port: 6379, db: 0 }],
    ["redis://[::1]:6380/3", { host: "::1", port: 6380, db: 3 }],
    ["redis://:p%23ss%2F@redis.lan", { host: "redis.lan", port: 6379, db: 0, password: "p#ss/" }],
    [
      "rediss://simpul:secret@redis.lan/1",
      { host: "redis.lan", port: 6379, db: 1, username: "simpul", password: "secret", tls: {} },
    ],
    ["unix:///run/redis/redis.sock", { path: "/run/redis/redis.sock", db: 0 }],
    ["unix://:secret@localhost/run/my%20redis.sock?db=2", { path: "/run/my redis.sock", db: 2, password: "secret" }],
  ])("%s", (url, address) => {
    expect(addressOf(url)).toEqual(address);
  });
});

describe("a fault of Redis", () => {
  it.each([
    ["a code of the network", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    [
      "what the server says",
      new Error("WRONGPASS invalid username-password pair"),
      "WRONGPASS invalid username-password pair",
    ],
    [
      "what the server says, without what it quotes",
      new Error("ERR unknown command 'AUTH', with args beginning with: 'it's a password' "),
      "ERR unknown command …",
    ],
    ["anything else", "?", "unknown fault"],
  ])("is told by %s", (_case, fault, text) => {
    expect(describeRedisFault(fault)).toBe(text);
  });
});
