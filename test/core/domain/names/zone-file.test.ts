import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { addressOf } from "../../../../core/domain/ipam/address.ts";
import { prefixOf, showPrefix } from "../../../../core/domain/ipam/prefix.ts";
import type { PresentName } from "../../../../core/domain/names/name.ts";
import { pointerOf, reverseZoneFiles, reverseZones, zoneName } from "../../../../core/domain/names/reverse-zone.ts";
import {
  lostNameServer,
  nextSerial,
  recordsOfNames,
  showZone,
  type Zone,
  type ZoneRecord,
} from "../../../../core/domain/names/zone-file.ts";

const domain = "labura.go.id";
const rules = { nameServers: ["ns1.labura.go.id"], contact: "hostmaster@labura.go.id" };

let id = 0;
const name = (label: string, leads: string, state: PresentName["state"] = "in-use"): PresentName => {
  const isAlias = /[a-z]/.test(leads) && !leads.includes(":");
  const addresses = isAlias || leads === "" ? [] : leads.split(" ").map((address) => ({ zoneId: 1, address }));
  const grounds = { name: "Uji", officeId: 1, villageId: null, ticketId: null, letter: null };
  return {
    ...{
      id: ++id,
      name: label.endsWith(".desa.id") ? label : `${label}.${domain}`,
      kind: "application",
      state,
      grounds,
    },
    ...{ until: null, addresses, aliasOf: isAlias ? leads : null, elsewhere: null },
  };
};

/** What a zone says, read back: "simpeg.labura.go.id A 10.1.2.3". */
function parseZone(text: string): string[] {
  const lines = text.split("\n");
  expect(lines[0]).toMatch(/^\$TTL \d+$/);
  expect(lines.at(-1)).toBe("");
  return lines.slice(1, -1).map((line) => {
    const match = /^(\S+)\. IN ([A-Z]+) (.+)$/.exec(line);
    if (match === null) throw new Error(`no line of a zone: ${line}`);
    return `${match[1]} ${match[2]} ${match[3]}`;
  });
}

const folder = mkdtempSync(join(tmpdir(), "zones-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A machine without BIND cannot tell what it would say, and skips it. */
const hasBind = spawnSync("named-checkzone", ["-v"]).error === undefined;

/** What BIND says of it: nothing where it is right. */
function checked(zone: Zone): string {
  const path = join(folder, "zone");
  writeFileSync(path, showZone(zone, rules, 2026112300));
  try {
    return execFileSync("named-checkzone", ["-q", "-i", "local", zone.name, path], { encoding: "utf8" });
  } catch (fault) {
    const { stdout, status } = fault as { stdout: string; status: number };
    return `${status} ${stdout}`;
  }
}

const zoneOf = (names: readonly PresentName[], others: readonly ZoneRecord[] = []): Zone => ({
  name: domain,
  records: [...recordsOfNames(names, domain), ...others],
});

describe("the zone of the main domain", () => {
  it("says each name in use where it leads, and nothing of others", () => {
    const names = [
      name("ns1", "10.1.0.53"),
      name("simpeg", "10.1.2.3 2001:db8::3"),
      name("www.simpeg", "simpeg.labura.go.id"),
      name("pesan", "10.1.2.4", "reserved"),
      name("lepas", "10.1.2.5", "quarantined"),
      name("kosong", ""),
      name("dua-zona", "10.1.2.8 10.1.2.8"),
      name("aektapa.desa.id", "10.1.2.6"),
    ];
    const others: ZoneRecord[] = [
      { owner: domain, type: "MX", preference: 10, value: "simpeg.labura.go.id" },
      { owner: domain, type: "TXT", value: "v=spf1 mx -all" },
      { owner: `_dmarc.${domain}`, type: "TXT", value: 'p="none"; \\é' },
    ];
    const zone = zoneOf(names, others);
    expect(showZone(zone, rules, 2026112300)).toBe(
      [
        "$TTL 300",
        "labura.go.id. IN SOA ns1.labura.go.id. hostmaster.labura.go.id. 2026112300 3600 900 1209600 300",
        "labura.go.id. IN NS ns1.labura.go.id.",
        '_dmarc.labura.go.id. IN TXT "p=\\034none\\034; \\092\\195\\169"',
        "dua-zona.labura.go.id. IN A 10.1.2.8",
        "labura.go.id. IN MX 10 simpeg.labura.go.id.",
        'labura.go.id. IN TXT "v=spf1 mx -all"',
        "ns1.labura.go.id. IN A 10.1.0.53",
        "simpeg.labura.go.id. IN A 10.1.2.3",
        "simpeg.labura.go.id. IN AAAA 2001:db8::3",
        "www.simpeg.labura.go.id. IN CNAME simpeg.labura.go.id.",
        "",
      ].join("\n"),
    );
    if (hasBind) expect(checked(zone)).toBe("");
  });

  it("cuts a long text into strings of 255 bytes", () => {
    const zone = zoneOf([name("ns1", "10.1.0.53")], [{ owner: domain, type: "TXT", value: "k".repeat(600) }]);
    const [line = ""] = parseZone(showZone(zone, rules, 1)).filter((each) => each.includes(" TXT "));
    expect(line.match(/"k+"/g)?.map((each) => each.length - 2)).toEqual([255, 255, 90]);
    if (hasBind) expect(checked(zone)).toBe("");
  });

  it("writes a dot in the contact's mailbox so that it is none between labels", () => {
    const text = showZone(zoneOf([]), { ...rules, contact: "it.desk@labura.go.id" }, 1);
    expect(text).toContain(" it\\.desk.labura.go.id. 1 ");
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const v4 = fc.ipV4();
  const someNames = fc.uniqueArray(fc.tuple(label, fc.array(v4, { minLength: 1, maxLength: 3 })), {
    selector: ([each]) => each,
    maxLength: 30,
  });

  it("has every name in use with each of its addresses exactly once, in any order of the register", () => {
    fc.assert(
      fc.property(someNames, fc.array(label, { maxLength: 5 }), (given, aliases) => {
        const names = given
          .filter(([each]) => each !== "ns1")
          .map(([each, addresses]) => name(each, addresses.join(" ")));
        names.push(name("ns1", "10.1.0.53"));
        const taken = new Set(names.map((each) => each.name));
        for (const alias of aliases) {
          const one = name(alias, "ns1.labura.go.id");
          if (!taken.has(one.name)) names.push(one);
          taken.add(one.name);
        }
        const text = showZone(zoneOf(names), rules, 7);
        const said = parseZone(text).filter((line) => !/ (SOA|NS) /.test(line));
        const expected = names.flatMap((each) =>
          each.aliasOf === null
            ? [...new Set(each.addresses.map(({ address }) => `${each.name} A ${address}`))]
            : [`${each.name} CNAME ${each.aliasOf}.`],
        );
        expect(said.toSorted()).toEqual(expected.toSorted());
        expect(showZone(zoneOf(names.toReversed()), rules, 7)).toBe(text);
      }),
    );
  });

  it.skipIf(!hasBind)("is taken by BIND, whatever a text says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (value) => {
        expect(checked(zoneOf([name("ns1", "10.1.0.53")], [{ owner: domain, type: "TXT", value }]))).toBe("");
      }),
      { numRuns: 15 },
    );
  });

  it("cannot be found without the address of its name server", () => {
    expect(lostNameServer(rules, domain, [])).toBe("ns1.labura.go.id");
    expect(lostNameServer(rules, domain, recordsOfNames([name("ns1", "10.1.0.53")], domain))).toBeUndefined();
    expect(lostNameServer({ ...rules, nameServers: ["ns.example.org"] }, domain, [])).toBeUndefined();
  });
});

describe("the serial", () => {
  it.each([
    [undefined, "2026-11-23", 2026112300],
    [2026112300, "2026-11-23", 2026112301],
    [2026112399, "2026-11-23", 2026112400],
    [2026112450, "2026-11-24", 2026112451],
    [2026112301, "2026-11-24", 2026112400],
    [2026112301, "2026-11-20", 2026112302],
  ])("after %s on %s is %s", (former, day, serial) => {
    expect(nextSerial(former, day)).toBe(serial);
  });

  it("only grows", () => {
    const day = fc.date({ min: new Date("2026-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(day, { maxLength: 50 }), (days) => {
        let serial = 0;
        for (const each of days) {
          const next = nextSerial(serial, each.toISOString().slice(0, 10));
          expect(next).toBeGreaterThan(serial);
          expect(next).toBeLessThan(2 ** 32);
          serial = next;
        }
      }),
    );
  });
});

describe("reverse zones", () => {
  it.each([
    [["10.1.2.0/24"], ["2.1.10.in-addr.arpa"]],
    [["10.0.0.0/8", "10.1.2.0/24"], ["10.in-addr.arpa"]],
    [["10.1.0.0/22"], ["0.1.10.in-addr.arpa", "1.1.10.in-addr.arpa", "2.1.10.in-addr.arpa", "3.1.10.in-addr.arpa"]],
    [["10.1.2.64/26", "10.1.2.0/26"], ["2.1.10.in-addr.arpa"]],
    [["10.1.2.3/32"], ["2.1.10.in-addr.arpa"]],
    [
      ["192.168.0.0/16", "10.1.2.0/24"],
      ["2.1.10.in-addr.arpa", "168.192.in-addr.arpa"],
    ],
    [["103.10.20.0/24"], []],
    [["fd00:1:2::/48"], ["2.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa"]],
    [
      ["fd00:1:2::/47", "10.1.2.0/24"],
      ["2.1.10.in-addr.arpa", "2.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", "3.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa"],
    ],
    [["2001:db8::/64"], []],
  ])("of %s are %s", (prefixes, zones) => {
    expect(reverseZones(prefixes.map(prefixOf)).map(zoneName)).toEqual(zones);
  });

  it("name each address after the name in use that leads there: of the main domain first, then by the alphabet", () => {
    const names = [
      name("aektapa.desa.id", "10.1.2.3"),
      name("zakat", "10.1.2.3"),
      name("simpeg", "10.1.2.3 10.1.2.4"),
      name("alias", "simpeg.labura.go.id"),
      name("pesan", "10.1.2.9", "reserved"),
      name("luar", "203.0.113.5"),
    ];
    const [zone] = reverseZoneFiles([prefixOf("10.1.2.0/24")], names, domain);
    if (zone === undefined) throw new Error("there is no zone");
    const said = parseZone(showZone(zone, rules, 1)).filter((line) => line.includes(" PTR "));
    expect(said).toEqual([
      "3.2.1.10.in-addr.arpa PTR simpeg.labura.go.id.",
      "4.2.1.10.in-addr.arpa PTR simpeg.labura.go.id.",
    ]);
    if (hasBind) expect(checked(zone)).toBe("");
  });

  const network = fc
    .tuple(
      fc.constantFrom("10.0.0.0", "172.16.0.0", "192.168.0.0", "100.64.0.0"),
      fc.nat(0xffff),
      fc.integer({ min: 16, max: 32 }),
    )
    .map(([base, offset, length]) => {
      const { number } = addressOf(base);
      const size = 1n << BigInt(32 - length);
      const first = ((number + BigInt(offset)) / size) * size;
      return { family: 4 as const, first, last: first + size - 1n, length };
    });

  it("hold every local address in exactly one of them", () => {
    fc.assert(
      fc.property(fc.array(network, { minLength: 1, maxLength: 12 }), fc.nat(), (prefixes, at) => {
        const zones = reverseZones(prefixes);
        for (const { first, last } of prefixes) {
          const address = { family: 4 as const, number: first + (BigInt(at) % (last - first + 1n)) };
          const pointer = pointerOf(address);
          const around = zones.filter((zone) => pointer.endsWith(`.${zoneName(zone)}`));
          expect(around.map(showPrefix)).toHaveLength(1);
        }
      }),
    );
  });
});
