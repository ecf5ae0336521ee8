import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { HostingRuntime } from "../../../../core/domain/hosting/hosting-rules.ts";
import { parsePublicKey } from "../../../../core/domain/hosting/public-key.ts";
import { parseNetworks } from "../../../../core/domain/hosting/source-networks.ts";
import {
  accessAddressOf,
  accessKindsFor,
  refusalOfTerm,
  withoutAccess,
} from "../../../../core/domain/hosting/vendor-access.ts";
import { testHosting } from "../../../support/hosting.ts";
import {
  calledOtherwise,
  ecdsaKey,
  longerEd25519,
  longerRsa,
  otherWithin,
  rsaKey,
  shortEd25519,
  vendorKey,
} from "../../../support/vendor-keys.ts";

describe("the public key of a vendor", () => {
  it.each([
    ["Ed25519", vendorKey],
    ["RSA of 3072 bits", rsaKey(3072)],
    ["RSA of 4096 bits", rsaKey(4096)],
    ["ECDSA P-256", ecdsaKey("nistp256")],
    ["ECDSA P-384", ecdsaKey("nistp384", { bytes: 97 })],
    ["ECDSA P-521", ecdsaKey("nistp521", { bytes: 133 })],
  ])("may be %s", (_name, key) => {
    expect(parsePublicKey(key)).toEqual({ ok: true, value: key });
  });

  it("is kept without the comment, which names somebody", () => {
    expect(parsePublicKey(`  ${vendorKey} rudi@laptop nomor 2\n`)).toEqual({ ok: true, value: vendorKey });
  });

  it.each([
    ["nothing", "", "key-type-unknown"],
    ["a sentence", "kuncinya menyusul", "key-type-unknown"],
    ["options before it", `command="/bin/sh" ${vendorKey}`, "key-type-unknown"],
    ["DSA", vendorKey.replace("ssh-ed25519", "ssh-dss"), "key-type-unknown"],
    ["a key of a token", vendorKey.replace("ssh-ed25519", "sk-ssh-ed25519@openssh.com"), "key-type-unknown"],
    ["two keys", `${vendorKey}\n${vendorKey}`, "key-of-many-lines"],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END", "key-is-private"],
    ["a key that was cut off", vendorKey.slice(0, -4), "key-damaged"],
    ["a type without a key", "ssh-ed25519", "key-damaged"],
    ["letters that are no base64", "ssh-ed25519 AAAA!AAA", "key-damaged"],
    ["another type within", otherWithin, "key-damaged"],
    ["a key that is called otherwise", calledOtherwise, "key-damaged"],
    ["something after a key of RSA", longerRsa, "key-damaged"],
    ["an Ed25519 key that is too short", shortEd25519, "key-damaged"],
    ["something after the key", longerEd25519, "key-damaged"],
    ["RSA of 2048 bits", rsaKey(2048), "key-too-short"],
    ["a curve that is not its type's", ecdsaKey("nistp384", { type: "ecdsa-sha2-nistp256", bytes: 97 }), "key-damaged"],
    ["a point of another length", ecdsaKey("nistp256", { bytes: 97 }), "key-damaged"],
    ["a compressed point", ecdsaKey("nistp256", { mark: 2 }), "key-damaged"],
  ])("is not %s", (_name, entered, code) => {
    expect(parsePublicKey(entered)).toMatchObject({ ok: false, refusal: { code } });
  });

  it("is one that ssh-keygen reads, too", () => {
    for (const key of [vendorKey, rsaKey(3072)]) {
      expect(execFileSync("ssh-keygen", ["-l", "-f", "-"], { input: key, encoding: "utf8" })).toContain("SHA256:");
    }
  });
});

describe("the networks from which a vendor comes", () => {
  it.each([
    ["103.10.20.0/24, 36.66.1.5", "103.10.20.0/24,36.66.1.5/32"],
    ["10.1.2.3;10.1.2.3", "10.1.2.3/32"],
    ["10.0.0.0/8\n192.168.1.0/24", "10.0.0.0/8,192.168.1.0/24"],
  ])("%s", (entered, value) => {
    expect(parseNetworks(entered)).toEqual({ ok: true, value });
  });

  it.each([
    ["", "networks-unreadable"],
    ["rumah", "networks-unreadable"],
    ["10.1.2.3/24", "networks-unreadable"],
    ["0.0.0.0/0", "networks-unreadable"],
    ["2001:db8::/64", "networks-unreadable"],
    ['10.0.0.0/8" command="sh', "networks-unreadable"],
    [Array.from({ length: 11 }, (_, last) => `10.0.0.${last}`).join(), "networks-too-many"],
  ])("not %s", (entered, code) => {
    expect(parseNetworks(entered)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe("the term of an access", () => {
  const now = new Date("2026-11-28T03:00:00Z");

  it.each([
    ["2026-11-28T17:00:00Z", "ok"],
    ["2026-12-28T17:00:00Z", "ok"],
    ["2026-12-29T17:00:00Z", "access-too-long"],
    ["2026-11-28T03:00:00Z", "access-term-over"],
  ])("until %s: %s", (until, code) => {
    const refused = refusalOfTerm(new Date(until), { now, longestDays: 30 });
    expect(refused.ok ? "ok" : refused.refusal.code).toBe(code);
  });
});

describe("a vendor can get at", () => {
  const kept = [{ name: "berkas", folder: "/data" }];
  const secrets = { adminPassword: "", password: "", url: "" };
  const files = ["sftp", "shell"];
  const database = ["database-read", "database-change"];

  it.each([
    ["nothing of what has neither files nor a database", null, [], []],
    ["files that are kept", null, kept, files],
    ["a database that was filled", { ...secrets, isFilled: true }, [], database],
    ["no database before it was filled", { ...secrets, isFilled: false }, [], []],
    ["both", { ...secrets, isFilled: true }, kept, [...files, ...database]],
  ])("%s", (_name, given, folders, kinds) => {
    const [runtime] = testHosting.runtimes;
    expect(accessKindsFor({ secrets: given }, { ...runtime, kept: folders } as HostingRuntime)).toEqual(kinds);
  });
});

it("comes after the gateway, both slots and the database", () => {
  expect(accessAddressOf("10.40.0.8/29")).toBe("10.40.0.13");
});

describe("the file of a stack without the way in", () => {
  it("is the same but for that", () => {
    const others = { kind: "application", web: [] };
    const show = (input: object) => `${JSON.stringify(input, null, 2)}\n`;
    expect(withoutAccess(show({ ...others, access: { port: 2222 }, volumes: [] }))).toBe(
      show({ ...others, volumes: [] }),
    );
  });

  it("is none where there is no way in", () => {
    expect(withoutAccess('{"web":[]}')).toBeUndefined();
  });
});
