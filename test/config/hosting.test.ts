import { describe, expect, it } from "vitest";
import { hostingSection } from "../../config/hosting-schema.ts";
import { testHosting, testImage } from "../support/hosting.ts";

const [target] = testHosting.targets;
const messagesOf = (section: unknown) =>
  (hostingSection.safeParse(section).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("what a profile says of hosting by machine", () => {
  it("is where, in which size and by what", () => {
    expect(messagesOf(testHosting)).toEqual([]);
  });

  it.each([
    ["an endpoint of no engine", { endpoint: "http://10.1.0.5" }, /^targets\.0\.endpoint: .*unix:\/\/\//],
    ["TCP without TLS", { endpoint: "tcp://10.1.0.5:2376" }, /^targets\.0\.certificates: .*root on that host/],
    ["a prefix that is none", { prefix: "10.40.0.1/16" }, /^targets\.0\.prefix: .*10\.40\.0\.0\/16/],
    ["a proxy without an address", { proxy: { ...target.proxy, addresses: [] } }, /addresses: .*\[10\.10\.5\.20\]/],
    ["a proxy at no address", { proxy: { ...target.proxy, addresses: ["x"] } }, /addresses\.0: .*10\.10\.5\.20/],
    ["a proxy by a tag", { proxy: { ...target.proxy, image: "caddy:2" } }, /image: .*@sha256:/],
    ["an unknown key", { portal: true }, /^targets\.0: /],
  ])("%s is refused with an example of what is right", (_, given, message) => {
    expect(messagesOf({ ...testHosting, targets: [{ ...target, ...given }] })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it.each([
    ["a base image by a tag", { made: { image: "php:8", folder: "/srv" } }, /^runtimes\.0\.made\.image: .*@sha256:/],
    ["a folder that is none", { made: { image: testImage, folder: "srv" } }, /folder: .*\/srv\/www/],
    ["a start without end", { startSeconds: 3600 }, /^runtimes\.0\.startSeconds: /],
    ["no time to end", { drainSeconds: 0 }, /^runtimes\.0\.drainSeconds: /],
    [
      "a time to end that is none",
      { drainSeconds: "10s" },
      /^runtimes\.0\.drainSeconds: .*from 1 to 30, for example 10/,
    ],
    ["a test of health each half second", { healthIntervalSeconds: 0.5 }, /healthIntervalSeconds: .*for example 5/],
    ["root", { user: "0:0" }, /^runtimes\.0\.user: .*10001:10001/],
    ["a kept folder without a name", { kept: [{ folder: "/srv/a" }] }, /^runtimes\.0\.kept\.0/],
    ["a database of none", { databases: ["oracle"] }, /^runtimes\.0\.databases: .*oracle is none/],
  ])("of a runtime %s is refused", (_, given, message) => {
    const [runtime] = testHosting.runtimes;
    expect(messagesOf({ ...testHosting, runtimes: [{ ...runtime, ...given }] })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it("a registry is named without a path, and no database is called as the answer that there is none", () => {
    expect(messagesOf({ ...testHosting, registries: ["registry.go.id:5000"] })).toEqual([]);
    expect(messagesOf({ ...testHosting, registries: ["https://registry.go.id/"] })).toEqual([
      expect.stringMatching(/^registries\.0: .*registry\.go\.id$/),
    ]);
    const [database] = testHosting.databases;
    expect(messagesOf({ ...testHosting, databases: [database, { ...database, name: "none" }] })).toEqual([
      expect.stringMatching(/^databases\.1\.name: .*"none"/),
    ]);
  });

  it("a size that is too small is told the least", () => {
    const [size] = testHosting.sizes;
    expect(messagesOf({ ...testHosting, sizes: [{ ...size, memoryMb: 4 }] })).toEqual([
      "sizes.0.memoryMb: must be whole megabytes, 16 at least, for example 256",
    ]);
  });

  it("a size whose temporary folders would fill its memory is refused", () => {
    const [size] = testHosting.sizes;
    expect(messagesOf({ ...testHosting, sizes: [{ ...size, temporaryMb: 64 }] })).toEqual([
      "sizes.0.temporaryMb: must be less than memoryMb, of which it is a part, for example 64 of 256",
    ]);
    expect(messagesOf({ ...testHosting, sizes: [{ ...size, temporaryMb: 16 }] })).toEqual([]);
  });

  it("two of one name are refused", () => {
    expect(messagesOf({ ...testHosting, targets: [target, target] })).toHaveLength(1);
  });
});
