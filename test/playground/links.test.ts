import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { afterEach, describe, expect, it, test } from "vitest";
import { loadProfile, profileNames } from "../../config/profile.ts";
import { prefixOf } from "../../core/domain/ipam/prefix.ts";
import type { CheckSettings } from "../../core/domain/monitoring/check.ts";
import { openMonitor } from "../../parts/monitor.ts";
import { openPlayedLinks, type PlayedLinks } from "../../playground/links.ts";
import { testMonitoring } from "../support/monitoring-rules.ts";

const opened: PlayedLinks[] = [];
afterEach(async () => {
  for (const links of opened.splice(0)) await links.close();
});

async function open(profile = "labura"): Promise<PlayedLinks> {
  const links = await openPlayedLinks(loadProfile(profile));
  opened.push(links);
  return links;
}

const log = pino({ level: "silent" });
/** A profile that would allow this machine, if it could. */
const monitoring = { ...testMonitoring, networks: [prefixOf("127.0.0.0/8"), prefixOf("10.0.0.0/8")] };
const never = new AbortController().signal;

/** What each played thing answers to the monitor of a playground, by name. */
async function answersOf(links: PlayedLinks): Promise<Record<string, string | null>> {
  const played = { ...monitoring, playedAddresses: links.addresses };
  const monitor = openMonitor({ monitoring: played, hosting: undefined }, { dnsResolvers: [], log });
  const checks = links.targets.map(({ settings }, id) => ({ id, targetId: id, settings }));
  const found = await monitor.ask(checks, never);
  const samples = found === "playground" ? [] : found.samples;
  const nameOf = (checkId: number) => links.targets[checkId]?.answers.name ?? "";
  return Object.fromEntries(samples.map(({ checkId, isOk, problem }) => [nameOf(checkId), isOk ? "up" : problem]));
}

const switchOf = ({ switches }: PlayedLinks, name: string) => {
  const found = switches.flatMap((group) => group.switches).find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no switch ${name}`);
  return found;
};

describe("the links of a playground", () => {
  it.each(profileNames())("answer for real in %s: offices behind a trunk, and two applications", async (profile) => {
    const links = await open(profile);
    const answers = await answersOf(links);
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(["Trunk Telkom", "SIMPEG", "e-Office"]));
    expect(new Set(Object.values(answers))).toEqual(new Set(["up"]));
    expect(links.targets.filter(({ kind }) => kind === "site")).toHaveLength(6);
  });

  it("fall silent behind a trunk that is cut, and come back at the same ports", async () => {
    const links = await open();
    await switchOf(links, "cut-trunk").turn(true);
    expect(switchOf(links, "cut-trunk").isOn()).toBe(true);
    const cut = await answersOf(links);
    expect(cut).toMatchObject({ "Trunk Telkom": "refused", "Link Disdukcapil": "refused", "Kantor Setda": "refused" });
    expect(cut).toMatchObject({ SIMPEG: "up", "e-Office": "up" });
    expect(Object.values(cut).filter((answer) => answer === "refused")).toHaveLength(11);

    await switchOf(links, "cut-trunk").turn(false);
    expect(new Set(Object.values(await answersOf(links)))).toEqual(new Set(["up"]));
  });

  it("stay cut where a link of its own is, though the trunk is back", async () => {
    const links = await open();
    // At once: they are carried out one after the other.
    await Promise.all([
      switchOf(links, "cut-trunk").turn(true),
      switchOf(links, "cut-link").turn(true),
      switchOf(links, "stop-application").turn(true),
      switchOf(links, "cut-trunk").turn(false),
    ]);
    const answers = Object.entries(await answersOf(links)).filter(([, answer]) => answer !== "up");
    expect(answers.map(([name]) => name)).toEqual(["Link Disdukcapil", "Kantor Disdukcapil", "SIMPEG"]);
  });
});

test("where the loopback is one address, the panel says that there are no links, and how to have them", async () => {
  const one = () => Promise.reject(Object.assign(new Error("listen"), { code: "EADDRNOTAVAIL" }));
  const links = await openPlayedLinks(loadProfile("labura"), one);
  expect(links).toMatchObject({ targets: [], addresses: [] });
  expect(links.lacks).toBe("for n in $(seq 15); do sudo ifconfig lo0 alias 127.77.0.$n up; done");
  expect(links.switches).toMatchObject([{ title: "Link", switches: [] }]);
  expect(links.switches[0]?.note).toContain(links.lacks);
});

describe("the monitor", () => {
  const only = (settings: CheckSettings) => [{ id: 1, targetId: 1, settings }];

  test("of a playground asks its own addresses and nothing else, whatever the profile allows", async () => {
    const { addresses: playedAddresses } = await open();
    const played = { ...monitoring, playedAddresses };
    const monitor = openMonitor({ monitoring: played, hosting: undefined }, { dnsResolvers: [], log });
    for (const address of ["127.0.0.1", "127.77.1.1", "10.1.2.3", "169.254.169.254"]) {
      expect(await monitor.ask(only({ kind: "tcp", address, port: 80 }), never), address).toBe("playground");
    }
  });

  test("of a real office asks none of them, though its profile names their network", async () => {
    const links = await open();
    const [first] = links.targets;
    if (first?.settings.kind !== "tcp") throw new Error("the first one is no port");
    const { address, port } = first.settings;
    const socket = connect(port, address);
    await once(socket, "connect");
    socket.destroy();

    const monitor = openMonitor({ monitoring, hosting: undefined }, { dnsResolvers: [], log });
    const checks = links.targets.map(({ settings }, id) => ({ id, targetId: id, settings }));
    const found = await monitor.ask(checks, never);
    const problems = found === "playground" ? [] : found.samples.map(({ sent, problem }) => [sent, problem]);
    expect(problems).toHaveLength(links.targets.length);
    expect(new Set(problems.map(String))).toEqual(new Set(["0,address-forbidden"]));
  });
});
