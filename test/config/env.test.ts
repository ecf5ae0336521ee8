import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeProblems, readEnvironment, readPartEnvironment, type System } from "../../config/env.ts";

const token = `1234567890:${"x".repeat(35)}`;
const system: System = { isRoot: false, homeDirectory: "/home/sari", checkout: "/home/sari/simpul" };
const root: System = { ...system, isRoot: true, homeDirectory: "/root" };

function accepted(env: Record<string, string | undefined>, on = system) {
  const result = readEnvironment(env, on);
  if (!result.ok) throw new Error(describeProblems(result.problems));
  return result.environment;
}

function problemsOf(env: Record<string, string | undefined>) {
  const result = readEnvironment(env, system);
  return result.ok ? [] : result.problems;
}

describe("an empty environment", () => {
  it("is the playground of labura on this machine only", () => {
    expect(accepted({})).toEqual({
      mode: "playground",
      profile: "labura",
      home: "/home/sari/simpul/.simpul",
      host: "127.0.0.1",
      port: 8080,
      publicUrl: undefined,
      databaseUrl: undefined,
      redisUrl: undefined,
      journalChat: undefined,
      staffGroup: undefined,
      hasGroup: false,
      hasDocker: false,
      dnsResolvers: [],
      pulumi: { backendUrl: undefined, passphraseFile: undefined },
      logLevel: "info",
    });
  });

  it("is the same when every variable is there and empty", () => {
    const empty = {
      SIMPUL_PROFILE: "",
      SIMPUL_HOME: "",
      HOST: "",
      PORT: " ",
      PUBLIC_URL: "",
      DATABASE_URL: "\r",
      REDIS_URL: "",
      TELEGRAM_BOT_TOKEN: "",
      TELEGRAM_API_ROOT: "",
      TELEGRAM_JOURNAL_CHAT: "",
      TELEGRAM_STAFF_GROUP: "",
      SIMPUL_PLAYGROUND_GROUP: "",
      SIMPUL_PLAYGROUND_DOCKER: "",
      DNS_RESOLVERS: "",
      PULUMI_BACKEND_URL: "",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      LOG_LEVEL: "",
      STATE_DIRECTORY: "",
      XDG_STATE_HOME: "",
    };

    expect(accepted(empty)).toEqual(accepted({}));
  });
});

it("takes every value that is given", () => {
  const environment = accepted({
    SIMPUL_PROFILE: "cianjur",
    SIMPUL_HOME: "/srv/simpul",
    HOST: "0.0.0.0",
    PORT: "0",
    PUBLIC_URL: "https://helpdesk.cianjurkab.go.id",
    DATABASE_URL: "postgres://owner:secret@db/simpul",
    REDIS_URL: "rediss://:secret@redis:6380/2",
    TELEGRAM_BOT_TOKEN: ` ${token}\r`,
    TELEGRAM_API_ROOT: "http://127.0.0.1:8081/api",
    TELEGRAM_JOURNAL_CHAT: "-1001234567890",
    TELEGRAM_STAFF_GROUP: "-1001234567891",
    DNS_RESOLVERS: "10.1.0.53, [2001:db8::53]:5353",
    PULUMI_BACKEND_URL: "file:///srv/pulumi",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/srv/passphrase",
    LOG_LEVEL: "debug",
  });

  expect(environment).toEqual({
    mode: "telegram",
    telegram: { token, apiRoot: "http://127.0.0.1:8081/api/" },
    profile: "cianjur",
    home: "/srv/simpul",
    host: "0.0.0.0",
    port: 0,
    publicUrl: "https://helpdesk.cianjurkab.go.id/",
    databaseUrl: "postgres://owner:secret@db/simpul",
    redisUrl: "rediss://:secret@redis:6380/2",
    journalChat: -1_001_234_567_890,
    staffGroup: -1_001_234_567_891,
    dnsResolvers: ["10.1.0.53", "[2001:db8::53]:5353"],
    pulumi: { backendUrl: "file:///srv/pulumi", passphraseFile: "/srv/passphrase" },
    logLevel: "debug",
  });
});

it("asks Telegram itself where no other root is named", () => {
  expect(accepted({ TELEGRAM_BOT_TOKEN: token })).toMatchObject({
    telegram: { apiRoot: "https://api.telegram.org/" },
  });
});

describe("a right value", () => {
  it.each([
    ["SIMPUL_PROFILE", "purwakarta"],
    ["HOST", "127.0.0.1"],
    ["HOST", "::1"],
    ["HOST", "LOCALHOST"],
    ["PORT", "65535"],
    ["PUBLIC_URL", "http://10.1.2.3:8080/desk"],
    ["DATABASE_URL", "postgresql:///simpul?host=/var/run/postgresql"],
    ["REDIS_URL", "redis://127.0.0.1"],
    ["REDIS_URL", "redis://simpul:secret@[::1]:6380/1"],
    ["REDIS_URL", "unix:///run/redis/redis.sock"],
    ["REDIS_URL", "unix://:secret@localhost/run/redis/redis.sock?db=1"],
    ["TELEGRAM_API_ROOT", "https://api.telegram.org/"],
    ["TELEGRAM_JOURNAL_CHAT", "-4123456789"],
    ["TELEGRAM_STAFF_GROUP", "-1001234567890"],
    ["SIMPUL_PLAYGROUND_GROUP", "1"],
    ["SIMPUL_PLAYGROUND_GROUP", "0"],
    ["SIMPUL_PLAYGROUND_DOCKER", "1"],
    ["DNS_RESOLVERS", "10.1.0.53"],
    ["DNS_RESOLVERS", "2001:db8::53,10.1.0.53:5353"],
    ["LOG_LEVEL", "silent"],
  ])("%s=%s is accepted", (variable, value) => {
    expect(problemsOf({ [variable]: value })).toEqual([]);
  });

  it.each(["::", "0.0.0.0", "desk.labura.go.id", "192.168.1.10"])("HOST=%s is accepted with a token", (host) => {
    expect(problemsOf({ HOST: host, TELEGRAM_BOT_TOKEN: token })).toEqual([]);
  });
});

describe("profiles of one's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "simpul-profiles-"));
  mkdirSync(join(folder, "asahan"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are chosen by their names from their folder, and those that come along are none of them", () => {
    expect(accepted({ SIMPUL_PROFILES: folder, SIMPUL_PROFILE: "asahan" })).toMatchObject({
      profile: "asahan",
      profilesFolder: folder,
    });
    expect(problemsOf({ SIMPUL_PROFILES: folder })).toMatchObject([
      { variable: "SIMPUL_PROFILE", message: "must be one of asahan" },
    ]);
  });

  it.each([
    ["profiles", "must be an absolute path"],
    [join(folder, "none"), "must be a folder that this account can read"],
  ])("in a folder that is none are refused: %s", (given, message) => {
    expect(problemsOf({ SIMPUL_PROFILES: given })).toMatchObject([
      { variable: "SIMPUL_PROFILES", message: expect.stringContaining(message) },
    ]);
  });
});

describe("a wrong value", () => {
  it.each([
    ["SIMPUL_PROFILE", "atlantis", "one of cianjur, labura, purwakarta"],
    ["SIMPUL_PROFILE", "../profiles/labura", "one of"],
    ["SIMPUL_HOME", "~/simpul", "shells only"],
    ["HOST", "127.0.0.1:8080", "without a port"],
    ["HOST", "[::1]", "without brackets"],
    ["HOST", "300.1.1.1", "IP address"],
    ["HOST", "http://localhost", "host name"],
    ["PORT", "http", "whole number"],
    ["PORT", "65536", "65535"],
    ["PORT", "8e3", "whole number"],
    ["PORT", "-1", "whole number"],
    ["PUBLIC_URL", "helpdesk.labura.go.id", "http or https"],
    ["PUBLIC_URL", "https:helpdesk.labura.go.id", "http or https"],
    ["PUBLIC_URL", "https://helpdesk.labura.go.id/?a=1", "query"],
    ["PUBLIC_URL", "https://sari:secret@helpdesk.labura.go.id/", "without user"],
    ["DATABASE_URL", "mysql://localhost/simpul", "postgres address"],
    ["DATABASE_URL", "postgres://owner:pass#word@db/simpul", "%23"],
    ["DATABASE_URL", "postgres://db/simpul#part", "%23"],
    ["REDIS_URL", "127.0.0.1:6379", "redis, rediss or unix address"],
    ["REDIS_URL", "http://127.0.0.1:6379", "redis, rediss or unix address"],
    ["REDIS_URL", "redis://:pass#word@127.0.0.1", "%23"],
    ["REDIS_URL", "redis://127.0.0.1/simpul", "redis, rediss or unix address"],
    ["REDIS_URL", "unix://", "redis, rediss or unix address"],
    ["REDIS_URL", "unix:///run/redis.sock?db=simpul", "redis, rediss or unix address"],
    ["TELEGRAM_BOT_TOKEN", "1234567890", "BotFather"],
    ["TELEGRAM_BOT_TOKEN", `1234567890:${"x".repeat(34)}`, "at least 35"],
    ["TELEGRAM_BOT_TOKEN", `bot1234567890:${"x".repeat(35)}`, "digits"],
    ["TELEGRAM_API_ROOT", "ftp://api.telegram.org/", "http or https"],
    ["TELEGRAM_API_ROOT", "https://api.telegram.org/#x", "fragment"],
    ["TELEGRAM_JOURNAL_CHAT", "7000001", "group or channel"],
    ["TELEGRAM_JOURNAL_CHAT", "@jurnal_labura", "whole number below zero"],
    ["TELEGRAM_JOURNAL_CHAT", "-0", "below zero"],
    ["TELEGRAM_JOURNAL_CHAT", "-99999999999999999999", "group or channel"],
    ["TELEGRAM_STAFF_GROUP", "7000001", "a group, a whole number below zero"],
    ["SIMPUL_PLAYGROUND_GROUP", "ya", "1 (the playground has a staff group)"],
    ["SIMPUL_PLAYGROUND_DOCKER", "ya", "1 (the playground builds on the hosts of the profile)"],
    ["DNS_RESOLVERS", "ns1.labura.go.id", "IP addresses"],
    ["DNS_RESOLVERS", "10.1.0.53:0", "IP addresses"],
    ["DNS_RESOLVERS", "10.1.0.53 10.1.0.54", "commas"],
    ["LOG_LEVEL", "loud", "fatal, error, warn, info, debug, trace, silent"],
  ])("%s=%s is refused", (variable, value, reason) => {
    expect(problemsOf({ [variable]: value })).toEqual([
      { variable, message: expect.stringContaining(reason), example: expect.any(String) },
    ]);
  });
});

describe("the problems", () => {
  const everythingWrong = {
    LOG_LEVEL: "loud-value",
    TELEGRAM_JOURNAL_CHAT: "chat-value",
    TELEGRAM_STAFF_GROUP: "group-value",
    SIMPUL_PLAYGROUND_GROUP: "flag-value",
    SIMPUL_PLAYGROUND_DOCKER: "docker-value",
    DNS_RESOLVERS: "resolver-value",
    TELEGRAM_API_ROOT: "ftp://root-value/",
    TELEGRAM_BOT_TOKEN: "1234567890:secret-value",
    REDIS_URL: "http://:password-value@redis",
    DATABASE_URL: "mysql://owner:password-value@db/simpul",
    PUBLIC_URL: "public-value",
    PORT: "port-value",
    HOST: "host_value!",
    SIMPUL_HOME: "~/home-value",
    SIMPUL_PROFILE: "profile-value",
  };

  it("come all at once, in the order of the documentation", () => {
    expect(problemsOf(everythingWrong).map(({ variable }) => variable)).toEqual([
      "SIMPUL_PROFILE",
      "SIMPUL_HOME",
      "HOST",
      "PORT",
      "PUBLIC_URL",
      "DATABASE_URL",
      "REDIS_URL",
      "TELEGRAM_BOT_TOKEN",
      "TELEGRAM_API_ROOT",
      "TELEGRAM_JOURNAL_CHAT",
      "TELEGRAM_STAFF_GROUP",
      "SIMPUL_PLAYGROUND_GROUP",
      "SIMPUL_PLAYGROUND_DOCKER",
      "DNS_RESOLVERS",
      "LOG_LEVEL",
    ]);
  });

  it("carry examples that are right values", () => {
    const examples = problemsOf(everythingWrong).map(({ variable, example }) => [variable, example]);

    expect(examples).toHaveLength(15);
    expect(problemsOf(Object.fromEntries(examples))).toEqual([]);
  });

  it("are described without any value that was given", () => {
    const problems = problemsOf(everythingWrong);

    const description = describeProblems(problems);

    expect(description).not.toMatch(/-value|host_value/);
    expect(JSON.stringify(problems)).not.toMatch(/-value|host_value/);
  });

  it("are described one below the other, each with a line to copy", () => {
    expect(describeProblems(problemsOf({ PORT: "http", LOG_LEVEL: "loud" }))).toBe(
      [
        "2 problems in the environment:",
        "  PORT must be a whole number from 0 to 65535 (0: any free port)",
        "    for example PORT=8080",
        "  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
        "    for example LOG_LEVEL=info",
      ].join("\n"),
    );
  });
});

describe("the playground", () => {
  it.each(["0.0.0.0", "::", "192.168.1.10", "desk.labura.go.id"])("refuses HOST=%s", (host) => {
    expect(problemsOf({ HOST: host })).toEqual([
      { variable: "HOST", message: expect.stringContaining("TELEGRAM_BOT_TOKEN is not set"), example: "127.0.0.1" },
    ]);
  });

  it("refuses such a host together with the other problems", () => {
    expect(problemsOf({ HOST: "0.0.0.0", PORT: "http" }).map(({ variable }) => variable)).toEqual(["HOST", "PORT"]);
  });

  it("does not begin when the token is there but wrong", () => {
    expect(problemsOf({ HOST: "0.0.0.0", TELEGRAM_BOT_TOKEN: "wrong" }).map(({ variable }) => variable)).toEqual([
      "TELEGRAM_BOT_TOKEN",
    ]);
  });
});

describe("the state folder", () => {
  const withToken = { TELEGRAM_BOT_TOKEN: token };
  const asService = { STATE_DIRECTORY: "/var/lib/simpul" };

  it.each([
    ["playground", {}, system, "/home/sari/simpul/.simpul"],
    ["playground as a service", asService, system, "/home/sari/simpul/.simpul"],
    ["token", withToken, system, "/home/sari/.local/state/simpul"],
    ["token, XDG_STATE_HOME", { ...withToken, XDG_STATE_HOME: "/data/state" }, system, "/data/state/simpul"],
    ["token, relative XDG_STATE_HOME", { ...withToken, XDG_STATE_HOME: "s" }, system, "/home/sari/.local/state/simpul"],
    ["token as a service", { ...withToken, ...asService, XDG_STATE_HOME: "/data" }, system, "/var/lib/simpul"],
    ["token as root", { ...withToken, XDG_STATE_HOME: "/data" }, root, "/var/lib/simpul"],
    ["named", { SIMPUL_HOME: "/srv/simpul" }, system, "/srv/simpul"],
    ["named, as root", { ...withToken, SIMPUL_HOME: "/srv/simpul" }, root, "/srv/simpul"],
    ["named from the checkout", { SIMPUL_HOME: "state" }, system, "/home/sari/simpul/state"],
  ])("%s", (_case, env, on, home) => {
    expect(accepted(env, on).home).toBe(home);
  });

  it("of root's playground lies below /var/lib/simpul, another one for each checkout", () => {
    const first = accepted({}, root).home;
    const second = accepted({}, { ...root, checkout: "/root/other" }).home;

    expect(first).toMatch(/^\/var\/lib\/simpul\/playground-[0-9a-f]{8}$/);
    expect(second).toMatch(/^\/var\/lib\/simpul\/playground-[0-9a-f]{8}$/);
    expect(second).not.toBe(first);
    expect(accepted({}, root).home).toBe(first);
  });
});

describe("TELEGRAM_WEBHOOK_SECRET", () => {
  const secret = "x".repeat(16);
  const set = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret };

  it("has Telegram deliver to PUBLIC_URL/telegram", () => {
    const webhookOf = (publicUrl: string) => {
      const environment = accepted({ ...set, PUBLIC_URL: publicUrl });
      return environment.mode === "telegram" ? environment.telegram.webhook : undefined;
    };
    expect(webhookOf("https://helpdesk.labura.go.id")).toEqual({
      url: "https://helpdesk.labura.go.id/telegram",
      secret,
    });
    expect(webhookOf("https://labura.go.id:8443/simpul/")?.url).toBe("https://labura.go.id:8443/simpul/telegram");
  });

  it("is nothing without a token, for the playground polls", () => {
    expect(accepted({ TELEGRAM_WEBHOOK_SECRET: secret }).mode).toBe("playground");
  });

  it("is absent: Telegram is polled", () => {
    expect(accepted({ TELEGRAM_BOT_TOKEN: token, PUBLIC_URL: "https://a.go.id" })).toMatchObject({
      telegram: { webhook: undefined },
    });
  });

  it.each([["x".repeat(15)], ["x".repeat(257)], [`${secret} ${secret}`], [`${secret}é`], [`${secret}/`]])(
    "is not %s",
    (wrong) => {
      const problems = problemsOf({ ...set, TELEGRAM_WEBHOOK_SECRET: wrong, PUBLIC_URL: "https://a.go.id" });
      expect(problems).toMatchObject([{ variable: "TELEGRAM_WEBHOOK_SECRET" }]);
      expect(describeProblems(problems)).not.toContain(wrong);
      expect(problems[0]?.example).toMatch(/^[A-Za-z0-9_-]{16,256}$/);
    },
  );

  it.each([
    ["no PUBLIC_URL", undefined, "must be set while TELEGRAM_WEBHOOK_SECRET is"],
    ["one without TLS", "http://helpdesk.labura.go.id", "must be an https address while"],
    ["one at a port that Telegram does not reach", "https://a.go.id:9443", "must have the port 443, 80, 88 or 8443"],
  ])("with %s is a problem", (_what, publicUrl, message) => {
    expect(problemsOf({ ...set, PUBLIC_URL: publicUrl })).toMatchObject([
      { variable: "PUBLIC_URL", message: expect.stringContaining(message), example: "https://helpdesk.labura.go.id/" },
    ]);
  });

  it("is listed with the other problems, and PUBLIC_URL once", () => {
    const problems = problemsOf({ ...set, PORT: "x", PUBLIC_URL: "nowhere", TELEGRAM_WEBHOOK_SECRET: "short" });
    expect(problems.map(({ variable }) => variable)).toEqual(["PORT", "PUBLIC_URL", "TELEGRAM_WEBHOOK_SECRET"]);
  });

  it("goes with http where the Bot API server is one's own", () => {
    const own = { TELEGRAM_API_ROOT: "http://127.0.0.1:8081", PUBLIC_URL: "http://127.0.0.1:8080" };
    expect(accepted({ ...set, ...own })).toMatchObject({
      telegram: { webhook: { url: "http://127.0.0.1:8080/telegram" } },
    });
  });
});

describe("a part of Simpul", () => {
  const DATABASE_URL = "postgres://owner:secret@db/simpul";
  const lacking = (env: Record<string, string>) => {
    const read = readPartEnvironment(accepted(env));
    return read.ok ? [] : read.problems.map(({ variable }) => variable);
  };

  it("needs a token and a database that others reach too", () => {
    expect(lacking({ DATABASE_URL, TELEGRAM_BOT_TOKEN: token })).toEqual([]);
    expect(lacking({ TELEGRAM_BOT_TOKEN: token })).toEqual(["DATABASE_URL"]);
    expect(lacking({ DATABASE_URL })).toEqual(["TELEGRAM_BOT_TOKEN"]);
    expect(lacking({})).toEqual(["DATABASE_URL", "TELEGRAM_BOT_TOKEN"]);
  });
});
