import { describe, expect, it } from "vitest";
import { judgeAccount } from "../../../cli/doctor/account.ts";
import { judgeClock } from "../../../cli/doctor/clock.ts";
import {
  judgeClosed,
  judgeForeign,
  judgeInstallation,
  judgeMigrations,
  judgeOwnPolling,
  judgeServer,
  judgeUnreachable,
} from "../../../cli/doctor/database.ts";
import { describeFinding, type Finding } from "../../../cli/doctor/finding.ts";
import { judgeDisk, judgeFolder, type Place } from "../../../cli/doctor/folder.ts";
import { judgeTarget } from "../../../cli/doctor/hosting.ts";
import { judgeMonitor, type MonitorLook } from "../../../cli/doctor/monitor.ts";
import { judgeProfile, lookAtProfile } from "../../../cli/doctor/profile.ts";
import { judgeRedis } from "../../../cli/doctor/redis.ts";
import { judgeScans } from "../../../cli/doctor/scans.ts";
import { judgeStaffGroup } from "../../../cli/doctor/staff-group.ts";
import { type Answer, judgeChat, judgePolling, judgeToken, judgeWebhook } from "../../../cli/doctor/telegram.ts";
import { judgeClamav, judgeDocker, judgePulumi, judgeTool, readClamav } from "../../../cli/doctor/tools.ts";
import { readUnit } from "../../../infra/host/is-prepared.ts";
import { testHosting } from "../../support/hosting.ts";

const apiRoot = "https://api.telegram.org/";
const now = new Date("2026-11-25T02:00:00Z");
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const told = (result: unknown): Answer => ({ ok: true, result });
const refused = (code: number | undefined, description = ""): Answer => ({ ok: false, code, description });

/** The grade, and a part of the sentence and of the fix. */
function expectFinding(finding: Finding, [grade, says, fix]: Expected): void {
  expect(finding).toMatchObject({ grade, says: expect.stringContaining(says) });
  if (finding.grade !== "ok") expect(finding.fix).toContain(fix);
}
type Expected = readonly [grade: Finding["grade"], says: string, fix?: string];

describe("a finding", () => {
  it("is one line, and a second one with the fix where there is something to mend", () => {
    expect(describeFinding({ grade: "ok", what: "disk", says: "much is free" })).toBe(
      "ok    disk          much is free",
    );
    expect(describeFinding({ grade: "fail", what: "webhook", says: "one is set", fix: "delete it" })).toBe(
      "fail  webhook       one is set\n      fix: delete it",
    );
  });
});

describe("the account", () => {
  it.each<[boolean, boolean, Expected]>([
    [false, true, ["ok", "not root"]],
    [true, false, ["ok", "in the playground"]],
    [true, true, ["warn", "root runs Simpul with a bot's token", "User=simpul"]],
  ])("root %s, a token %s", (isRoot, hasToken, expected) => {
    expectFinding(judgeAccount({ isRoot, hasToken }), expected);
  });
});

describe("the folder", () => {
  const home = "/var/lib/simpul";
  const place = (path: string, mode: number, uid = 1000): Place => ({ path, mode, uid });
  const judge = (places: Place[] | undefined, isRoot = false) =>
    judgeFolder({ home, exists: true, places, isRoot, ownAccounts: isRoot ? [0, 65534] : [1000] }).map((finding) =>
      finding.grade === "ok" ? finding.says : `${finding.says}: ${finding.fix}`,
    );

  it.each<[string, Place[], boolean, string[]]>([
    ["closed", [place(home, 0o700), place(`${home}/files`, 0o700)], false, [`${home} can be read by no other account`]],
    [
      "root's, which others pass through",
      [place(home, 0o711, 0), place(`${home}/postgres`, 0o700, 65534)],
      true,
      [`${home} can be read by no other account`],
    ],
    ["readable", [place(home, 0o755)], false, [`${home} is open to others (mode 755): chmod go-rwx ${home}`]],
    [
      "passable, not root's",
      [place(home, 0o711)],
      false,
      [`${home} is open to others (mode 711): chmod go-rwx ${home}`],
    ],
    ["root's, readable", [place(home, 0o755, 0)], true, [`${home} is open to others (mode 755): chmod 711 ${home}`]],
    [
      "closed, with a password that is not",
      [place(home, 0o711, 0), place(`${home}/postgres.password`, 0o644, 65534)],
      true,
      [`${home}/postgres.password is open to others (mode 644): chmod go-rwx ${home}/postgres.password`],
    ],
    [
      "of a name that a shell would take apart",
      [place(home, 0o700), place("/srv/it's here", 0o750)],
      false,
      ["/srv/it's here is open to others (mode 750): chmod go-rwx '/srv/it'\\''s here'"],
    ],
  ])("%s", (_case, places, isRoot, expected) => {
    expect(judge(places, isRoot)).toEqual(expected);
  });

  it.each<[string, Place[], boolean, string[]]>([
    [
      "seen by root",
      [place(home, 0o700, 1000), place(`${home}/postgres`, 0o700, 1000)],
      true,
      [
        `${home} belongs to the user with id 1000: run doctor as the account that runs Simpul: sudo -u '#1000' npm run doctor`,
      ],
    ],
    [
      "root's, seen by a user",
      [place(home, 0o711, 0), place(`${home}/postgres`, 0o700, 65534)],
      false,
      [
        `${home} belongs to the user with id 0: run doctor as the account that runs Simpul: sudo -u '#0' npm run doctor`,
      ],
    ],
    [
      "one's own, with a part that is root's",
      [place(home, 0o700), place(`${home}/run`, 0o700, 65534)],
      false,
      [`${home}/run belongs to the user with id 65534: sudo chown -R 1000 ${home}/run`],
    ],
  ])("of another account fails: %s", (_case, places, isRoot, expected) => {
    expect(judge(places, isRoot)).toEqual(expected);
  });

  it("that is not there yet is fine, and one that is closed to doctor is not", () => {
    expect(judgeFolder({ home, exists: false, places: undefined, isRoot: false, ownAccounts: [1000] })).toMatchObject([
      { grade: "ok" },
    ]);
    expect(judge(undefined)).toEqual([`${home} is closed to this account: run doctor as the account that runs Simpul`]);
  });
});

describe("the disk", () => {
  const mebibyte = 2 ** 20;
  it.each<[number, number, Expected]>([
    [511, 300_000, ["fail", "nearly full: 511 MB free", "du -xsh"]],
    [512, 1_000, ["warn", "512 MB free of 1000 MB", "du -xsh"]],
    [2_047, 10_000, ["warn", "2047 MB", "du -xsh"]],
    [2_048, 10_000, ["ok", "2048 MB free of 10000 MB"]],
    [4_000, 100_000, ["warn", "4000 MB", "du -xsh"]],
    [5_000, 100_000, ["ok", "5000 MB"]],
  ])("%i MB free of %i MB", (free, size, expected) => {
    const look = { freeBytes: free * mebibyte, sizeBytes: size * mebibyte };
    expectFinding(judgeDisk("/var/lib/simpul", look), expected);
  });
});

describe("the clock", () => {
  const judge = (seconds: number, unitMs = 0) =>
    judgeClock({ whose: "Telegram", theirs: secondsAgo(seconds), askedAt: now, answeredAt: now, unitMs });

  it.each<[number, Expected]>([
    [0, ["ok", "agrees with that of Telegram"]],
    [4.9, ["ok", "agrees"]],
    [-4.9, ["ok", "agrees"]],
    [5, ["warn", "5 s ahead of that of Telegram", "timedatectl"]],
    [-59, ["warn", "59 s behind that of Telegram", "timedatectl"]],
    [60, ["fail", "60 s ahead of", "timedatectl"]],
    [-3600, ["fail", "3600 s behind", "timedatectl"]],
  ])("%d s from that one", (seconds, expected) => {
    expectFinding(judge(seconds), expected);
  });

  it("is not blamed for a slow answer, nor for a header without fractions", () => {
    const slow = { whose: "Telegram", theirs: secondsAgo(4), askedAt: secondsAgo(8), answeredAt: now, unitMs: 0 };
    expect(judgeClock(slow).grade).toBe("ok");
    expect(judge(5.9, 1000).grade).toBe("ok");
    expect(judge(6, 1000).grade).toBe("warn");
  });
});

describe("the database", () => {
  const server = { number: 150_018, version: "15.18", encoding: "UTF8", now };
  it.each<[string, Finding, Expected]>([
    ["that fits", judgeServer(server), ["ok", "PostgreSQL 15.18 answers"]],
    [
      "too old",
      judgeServer({ ...server, number: 140_009, version: "14.9" }),
      ["fail", "PostgreSQL 14.9 is older than 15", "DATABASE_URL"],
    ],
    [
      "in another encoding",
      judgeServer({ ...server, encoding: "SQL_ASCII" }),
      ["fail", "its encoding is SQL_ASCII", "CREATE DATABASE"],
    ],
    ["not made yet", judgeClosed("missing"), ["ok", "the first start makes it"]],
    ["not started", judgeClosed("stopped"), ["warn", "was not started", "mend the folder"]],
    ["of another account", judgeForeign(1000), ["fail", "another account", "sudo -u '#1000' npm run doctor"]],
    ["of ours, unreachable", judgeUnreachable("EACCES", true), ["fail", "EACCES", "as the account that runs Simpul"]],
    ["of DATABASE_URL, unreachable", judgeUnreachable("ECONNREFUSED", false), ["fail", "ECONNREFUSED", "psql"]],
  ])("%s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });

  const migration = { name: "007-later.sql", sql: "", sha256: "" };
  it.each<[string, Finding, Expected]>([
    ["those of this version", judgeMigrations({ fits: true, pending: [] }), ["ok", "those of this version"]],
    ["older", judgeMigrations({ fits: true, pending: [migration] }), ["ok", "the next start applies 1 more"]],
    [
      "newer",
      judgeMigrations({ fits: false, why: "newer", name: "009-x.sql" }),
      ["fail", "newer than this version: it has 009-x.sql", "restore the backup"],
    ],
    [
      "changed",
      judgeMigrations({ fits: false, why: "changed", name: "002-x.sql" }),
      ["fail", "002-x.sql was changed", "git checkout"],
    ],
    [
      "skipped",
      judgeMigrations({ fits: false, why: "skipped", name: "003-x.sql", skipped: "002-x.sql" }),
      ["fail", "002-x.sql is not applied", "the version"],
    ],
  ])("has migrations that are %s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });

  const bot = { purpose: "telegram", profile: "labura" } as const;
  const playground = { purpose: "playground", profile: "labura" } as const;
  it.each<[string, Finding, Expected]>([
    ["nothing yet", judgeInstallation(undefined, bot), ["ok", "a new one"]],
    ["the same", judgeInstallation(bot, bot), ["ok", "telegram of labura"]],
    ["a bot's", judgeInstallation(bot, playground), ["fail", "no token is set", "TELEGRAM_BOT_TOKEN"]],
    ["the playground's", judgeInstallation(playground, bot), ["fail", "a token is set", "SIMPUL_HOME"]],
    [
      "another regency's",
      judgeInstallation({ ...bot, profile: "cianjur" }, bot),
      ["fail", "the profile cianjur", "SIMPUL_PROFILE=cianjur"],
    ],
  ])("was made for %s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });
});

describe("polling", () => {
  it.each<[string, Finding, Expected]>([
    ["ours", judgeOwnPolling(secondsAgo(50), now), ["ok", "Telegram last came through 50 s ago"]],
    ["ours, at the limit", judgeOwnPolling(secondsAgo(150), now), ["ok", "150 s ago"]],
    ["ours, deaf", judgeOwnPolling(secondsAgo(151), now), ["fail", "151 s ago", "journalctl"]],
    [
      "ours, just started",
      judgeOwnPolling(undefined, now),
      ["warn", "Telegram has not come through yet", "journalctl"],
    ],
    [
      "nobody's",
      judgePolling({ outcome: "alone", seconds: 15, waiting: false }),
      ["ok", "nobody else polled for 15 s"],
    ],
    ["nobody's, and messages wait", judgePolling({ outcome: "alone", seconds: 15, waiting: true }), ["ok", "wait"]],
    ["another's", judgePolling({ outcome: "conflict" }), ["fail", "another program polls", "/revoke"]],
    ["another's, seen by what it takes", judgePolling({ outcome: "taken" }), ["fail", "takes this bot's", "/revoke"]],
    ["not known", judgePolling({ outcome: "refused", description: "Bad Gateway" }), ["warn", "Bad Gateway", "again"]],
  ])("%s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });
});

describe("Telegram", () => {
  it.each<[string, Answer, Expected]>([
    ["knows it", told({ id: 42, username: "simpul_bot" }), ["ok", "that of @simpul_bot"]],
    ["does not know it", refused(401, "Unauthorized"), ["fail", "Telegram does not know it", "@BotFather"]],
    ["finds no such bot", refused(404, "Not Found"), ["fail", "Telegram does not know it", "@BotFather"]],
    ["cannot be reached", refused(undefined, "ECONNREFUSED"), ["fail", "ECONNREFUSED", "curl"]],
    ["is something else", told({ hello: "world" }), ["fail", "not an answer of the Bot API", "curl"]],
  ])("is asked about the token and %s", (_case, answer, expected) => {
    expectFinding(judgeToken(answer, apiRoot).finding, expected);
  });

  const ours = "https://helpdesk.example/telegram";
  const failed = (pending: number, seconds: number, reason: string) =>
    told({
      url: ours,
      pending_update_count: pending,
      last_error_date: now.getTime() / 1000 - seconds,
      last_error_message: `Wrong response from the webhook: ${reason}`,
    });
  const other = told({ url: "https://old.example/secret-path" });
  it.each<[string, string | undefined, boolean, Answer, Expected]>([
    ["no webhook, polling", undefined, false, told({ url: "" }), ["ok", "none is set"]],
    ["another's, polling", undefined, false, other, ["warn", "old.example: the start of Simpul changes it", "/revoke"]],
    [
      "another's, polling now",
      undefined,
      true,
      other,
      ["fail", "old.example: Simpul runs with other settings", "/revoke"],
    ],
    ["nothing", undefined, false, refused(502), ["warn", "does not say", "again"]],
    ["no webhook yet", ours, false, told({ url: "" }), ["ok", "the start sets it"]],
    [
      "no webhook any more",
      ours,
      true,
      told({ url: "" }),
      ["fail", "none is set: Simpul runs with other settings", "/revoke"],
    ],
    ["another's", ours, true, other, ["fail", "old.example: Simpul runs with other settings", "/revoke"]],
    ["ours", ours, true, told({ url: ours, pending_update_count: 2 }), ["ok", "delivers to it; 2 updates wait"]],
    ["ours, which failed long ago", ours, true, failed(0, 181, "502"), ["ok", "181 s ago"]],
    ["ours, which failed just now", ours, true, failed(0, 5, "502"), ["warn", "5 s ago: Wrong", "has to answer 401"]],
    ["ours, which fails", ours, true, failed(3, 5, "502"), ["fail", "cannot deliver: 3 updates wait", "curl"]],
    ["ours, with another secret", ours, true, failed(3, 5, "401 Unauthorized"), ["fail", "401", "another secret"]],
  ])("knows of %s", (_case, url, isRunning, answer, expected) => {
    const finding = judgeWebhook(answer, { url, isRunning, now });
    expectFinding(finding, expected);
    expect(finding.says).not.toContain("secret-path");
  });

  const group = (canPin?: boolean) => told({ type: "supergroup", permissions: { can_pin_messages: canPin } });
  const administrator = (canPin: boolean) => told({ status: "administrator", can_pin_messages: canPin });
  it.each<[string, Answer, Answer, Expected]>([
    ["it may pin in", group(), administrator(true), ["ok", "may pin"]],
    ["everybody may pin in", group(true), told({ status: "member" }), ["ok", "may pin"]],
    ["it may not pin in, as administrator", group(true), administrator(false), ["fail", "may not pin", "Pin messages"]],
    ["it may not pin in, as member", group(), told({ status: "member" }), ["fail", "may not pin", "@simpul_bot"]],
    ["it left", group(), told({ status: "left" }), ["fail", "is not in that group", "@simpul_bot"]],
    ["it was removed from", refused(403, "bot was kicked"), refused(403), ["fail", "is not in that group", "add"]],
    [
      "does not exist",
      refused(400, "chat not found"),
      refused(400),
      ["fail", "not in that group", "TELEGRAM_JOURNAL_CHAT"],
    ],
    ["is private", told({ type: "private" }), refused(400), ["ok", "a private chat"]],
  ])("has a group that %s", (_case, chat, member, expected) => {
    expectFinding(judgeChat({ variable: "TELEGRAM_JOURNAL_CHAT", chat, member }, "simpul_bot"), expected);
  });

  // Bot API, ChatMemberAdministrator: can_pin_messages is for groups and supergroups only.
  const editor = (rights: object) => told({ status: "administrator", ...rights });
  it.each<[string, Answer, Expected]>([
    ["may post and pin in", editor({ can_post_messages: true, can_edit_messages: true }), ["ok", "post and pin"]],
    ["may not pin in", editor({ can_post_messages: true }), ["fail", "may not pin", "Edit messages"]],
    ["may not post in", editor({ can_edit_messages: true }), ["fail", "may not post", "Post messages"]],
    ["may do nothing in", editor({ can_pin_messages: true }), ["fail", "may not post", "of the channel"]],
    ["only reads", told({ status: "member" }), ["fail", "may not post", "@simpul_bot administrator of the channel"]],
    ["left", told({ status: "left" }), ["fail", "is not in that channel", "to the channel"]],
  ])("has a channel that it %s", (_case, member, expected) => {
    const look = { variable: "TELEGRAM_JOURNAL_CHAT", chat: told({ type: "channel" }), member };
    expectFinding(judgeChat(look, "simpul_bot"), expected);
  });
});

describe("the staff group", () => {
  const forum = told({ type: "supergroup", is_forum: true });
  const administrator = (canManage: boolean) => told({ status: "administrator", can_manage_topics: canManage });
  it.each<[string, Answer, Answer, Expected]>([
    ["in which it may manage topics", forum, administrator(true), ["ok", "may manage topics"]],
    ["without topics", told({ type: "supergroup" }), administrator(true), ["fail", "has no topics", '"Topics"']],
    ["in which it may not, as administrator", forum, administrator(false), ["fail", "may not", '"Manage topics"']],
    ["in which it may not, as member", forum, told({ status: "member" }), ["fail", "may not", "@simpul_bot"]],
    ["that it left", forum, told({ status: "left" }), ["fail", "is not in that group", "@simpul_bot"]],
    ["that does not exist", refused(400, "chat not found"), refused(400), ["fail", "not in", "TELEGRAM_STAFF_GROUP"]],
  ])("%s", (_case, chat, member, expected) => {
    expectFinding(judgeStaffGroup({ variable: "TELEGRAM_STAFF_GROUP", chat, member }, "simpul_bot"), expected);
  });
});

describe("a host of the profile", () => {
  const [target] = testHosting.targets;
  const known = { zone: true, prefix: true, unknown: [] };
  const answering = { engine: { version: "28.2" }, isPrepared: true };

  it("is one line where all is well", () => {
    const [finding, ...others] = judgeTarget(target, answering, known);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ grade: "ok", says: expect.stringMatching(/^dc: the engine 28\.2 .* register$/) });
  });

  it.each<[string, Parameters<typeof judgeTarget>[1], Parameters<typeof judgeTarget>[2], Expected]>([
    [
      "that does not answer",
      { ...answering, engine: { fault: "Cannot connect to the Docker daemon" } },
      known,
      ["fail", "dc: Cannot connect", "docker --host unix:///var/run/docker.sock version"],
    ],
    ["that was not prepared", { ...answering, isPrepared: false }, known, ["warn", "not seen", "-- prepare-host, as"]],
    ["of which that cannot be seen", { ...answering, isPrepared: undefined }, undefined, ["ok", "cannot be seen"]],
    ["whose zone is not there", answering, { ...known, zone: false, prefix: false }, ["warn", "no zone Utama", "/ip"]],
    ["whose prefix is not there", answering, { ...known, prefix: false }, ["warn", "no prefix 10.40.0.0/16", "/ip"]],
    [
      "whose proxy has nobody's address",
      answering,
      { ...known, unknown: ["10.10.5.20"] },
      ["warn", "10.10.5.20 of its proxy is given to nobody", "Berikan alamat"],
    ],
  ])("%s", (_case, look, register, expected) => {
    const findings = judgeTarget(target, look, register);
    expect(findings).toHaveLength(1);
    for (const finding of findings) expectFinding(finding, expected);
  });

  it.each([
    ["ssh://simpul@10.1.0.5", undefined, "ssh -o StrictHostKeyChecking=yes ssh://simpul@10.1.0.5 docker version"],
    ["tcp://10.1.0.5:2376", "/etc/simpul/dc-1", "DOCKER_CERT_PATH=/etc/simpul/dc-1 docker --tlsverify --host tcp://10"],
  ])("that does not answer at %s is to be tried by hand", (endpoint, certificates, command) => {
    const look = { ...answering, engine: { fault: "it does not answer" } };
    const findings = judgeTarget({ ...target, endpoint, certificates }, look, known);
    expect(findings).toHaveLength(1);
    for (const finding of findings) expectFinding(finding, ["fail", "dc: it does not answer", command]);
  });

  it.each<[string, boolean | undefined]>([
    ["active\n", true],
    ["inactive\n", false],
    ["failed\n", false],
    ["", undefined],
  ])("whose unit is %j", (said, isPrepared) => {
    expect(readUnit(said)).toBe(isPrepared);
  });
});

describe("the profile", () => {
  it.each<[string, string | undefined, Expected]>([
    ["labura", undefined, ["ok", "labura, as it comes along"]],
    ["asahan", undefined, ["fail", "asahan, as it comes along: mistakes (1), the first: no such profile", "restart"]],
  ])("%s of %s", (name, folder, expected) => {
    expectFinding(judgeProfile(name, folder, lookAtProfile(name, folder)), expected);
  });
});

describe("what is optional", () => {
  it.each<[string, Finding, Expected]>([
    ["Redis, off", judgeRedis(undefined), ["ok", "off"]],
    ["Redis, on", judgeRedis({ fault: undefined }), ["ok", "answers"]],
    ["Redis, away", judgeRedis({ fault: "ECONNREFUSED" }), ["fail", "ECONNREFUSED", "redis-cli"]],
    [
      "no Docker",
      judgeDocker({ client: undefined, engine: undefined }),
      ["ok", "apt-get install --no-install-recommends docker.io"],
    ],
    ["Docker without an engine", judgeDocker({ client: "20.10.24", engine: undefined }), ["ok", "no engine answers"]],
    ["Docker", judgeDocker({ client: "20.10.24", engine: "28.2" }), ["ok", "engine 28.2 answers"]],
    ["Pulumi on PATH", judgePulumi("3.255.0"), ["ok", "3.255.0"]],
    ["Pulumi of the packages", judgePulumi("own"), ["ok", "downloaded at its first use"]],
    ["a Pulumi that does not run", judgePulumi(undefined), ["warn", "does not run", "pulumi version"]],
    ["no ClamAV", judgeClamav(undefined, { isHosting: false }), ["ok", "off: not on PATH"]],
    ["no ClamAV, with hosting", judgeClamav(undefined, { isHosting: true }), ["warn", "not on PATH", "apt-get"]],
    [
      "ClamAV without signatures",
      judgeClamav(readClamav("ClamAV 1.4.6\n"), { isHosting: true }),
      ["warn", "1.4.6, without signatures", "freshclam"],
    ],
    [
      "ClamAV",
      judgeClamav(readClamav("ClamAV 1.4.6/27123/Sat Nov 28 09:40:12 2026\n"), { isHosting: true }),
      ["ok", "1.4.6 with the signatures 27123 of Sat Nov 28 09:40:12 2026"],
    ],
    ["a tool", judgeTool({ name: "restic", version: "0.14.0" }), ["ok", "0.14.0"]],
    ["no tool", judgeTool({ name: "restic", version: undefined }), ["ok", "off: not on PATH"]],
    [
      "a tool that is needed",
      judgeTool({ name: "fping", version: undefined, use: "scanning of addresses" }),
      ["ok", "off: not on PATH; for the scanning of addresses"],
    ],
    ["no scans", judgeScans({ scanned: 0, missing: 0, failed: 0 }), ["ok", "no prefix is scanned"]],
    ["scans", judgeScans({ scanned: 2, missing: 0, failed: 0 }), ["ok", "2 prefixes are scanned each day"]],
    [
      "scans without fping",
      judgeScans({ scanned: 2, missing: 1, failed: 1 }),
      ["warn", "1 of 2", "apt-get install fping"],
    ],
    ["scans without rights", judgeScans({ scanned: 2, missing: 0, failed: 2 }), ["warn", "2 of 2", "CAP_NET_RAW"]],
  ])("%s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });
});

describe("the monitor", () => {
  const running = { isRunning: true, hasUplink: true, now };
  const looks: MonitorLook = { targets: 4, lookedAt: secondsAgo(20), uplink: "up", pinged: 3, unpinged: 0 };
  const stopped = { ...looks, lookedAt: secondsAgo(90) };

  it.each<[string, Finding, Expected]>([
    [
      "watches nothing",
      judgeMonitor({ ...looks, targets: 0, lookedAt: null, uplink: null }, { ...running, hasUplink: false }),
      ["ok", "nothing"],
    ],
    ["runs", judgeMonitor(looks, running), ["ok", "4 targets are watched"]],
    [
      "does not run",
      judgeMonitor(stopped, running),
      ["warn", "nobody has looked since 2026-11-25T01:58:30.000Z", "start the worker"],
    ],
    ["does not run where nothing does", judgeMonitor(stopped, { ...running, isRunning: false }), ["ok", "4 targets"]],
    [
      "knows nothing of the own line",
      judgeMonitor({ ...looks, uplink: "unknown" }, { ...running, hasUplink: false }),
      ["warn", "no uplink", "monitoring.uplink"],
    ],
    [
      "can send no ping",
      judgeMonitor({ ...looks, pinged: 0, unpinged: 3 }, running),
      ["warn", "no ping could be sent for 3 checks", "AmbientCapabilities=CAP_NET_RAW"],
    ],
    ["can send some pings", judgeMonitor({ ...looks, pinged: 1, unpinged: 2 }, running), ["ok", "4 targets"]],
    [
      "asked nobody while its own line was cut",
      judgeMonitor({ ...looks, uplink: "down", pinged: 0, unpinged: 3 }, running),
      ["ok", "4 targets"],
    ],
    [
      "cannot ask its own line",
      judgeMonitor({ ...looks, uplink: "unknown", pinged: 0 }, running),
      ["warn", "no ping could be sent to the uplink", "AmbientCapabilities=CAP_NET_RAW"],
    ],
  ])("%s", (_case, finding, expected) => {
    expectFinding(finding, expected);
  });
});
