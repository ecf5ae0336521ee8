import { describe, expect, it } from "vitest";
import { hostingSection } from "../../config/hosting-schema.ts";
import { testHosting } from "../support/hosting.ts";

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
    ["an unknown key", { portal: true }, /^targets\.0: /],
  ])("%s is refused with an example of what is right", (_, given, message) => {
    expect(messagesOf({ ...testHosting, targets: [{ ...target, ...given }] })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it("two of one name are refused", () => {
    expect(messagesOf({ ...testHosting, targets: [target, target] })).toHaveLength(1);
  });
});
