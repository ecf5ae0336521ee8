import { describe, expect, test } from "vitest";
import { BadStackInput, parseStackInput, type StackInput } from "../../infra/stack-input.ts";
import { anApplication, aPlatform, aSlot } from "../support/stack-inputs.ts";

function problemsOf(input: unknown, stack = "app-bappeda"): readonly string[] {
  try {
    parseStackInput(JSON.stringify(input), stack);
    return [];
  } catch (fault) {
    if (!(fault instanceof BadStackInput)) throw fault;
    return fault.problems;
  }
}

test.each<[string, StackInput]>([
  ["an application", anApplication()],
  ["an application that is stopped", anApplication({ web: [] })],
  ["an application of which a new version is taking over", anApplication({ web: [aSlot(), aSlot({ slot: "b" })] })],
  ["a host over ssh", anApplication({ host: { endpoint: "ssh://simpul@10.1.0.5" } })],
  ["a host over TLS", anApplication({ host: { endpoint: "tcp://10.1.0.5:2376", certificates: "/etc/docker/tls" } })],
  ["an image of a registry", anApplication({ web: [aSlot({ image: `registry.go.id/web@sha256:${"b".repeat(64)}` })] })],
  ["a platform", aPlatform()],
])("takes %s", (_, input) => {
  expect(parseStackInput(JSON.stringify(input), input.name)).toEqual(input);
});

test("takes the temporary folders of what was built before sizes said so for as large as they are", () => {
  const { temporaryMb: _unsaid, ...slot } = aSlot();
  const read = parseStackInput(JSON.stringify({ ...anApplication(), web: [slot] }), "app-bappeda");
  expect(read).toEqual(anApplication());
});

describe("refuses", () => {
  test.each<[string, unknown, RegExp]>([
    ["the file of another stack", anApplication({ name: "app-lain" }), /^name: it is that of the stack app-lain$/],
    ["an unknown field", { ...anApplication(), privileged: true }, /privileged/],
    [
      "an image by its tag",
      anApplication({ web: [aSlot({ image: "nginx:latest" })] }),
      /web\.0\.image: .*ID or digest/,
    ],
    ["root", anApplication({ web: [aSlot({ user: "0:0" })] }), /web\.0\.user: .*not of root/],
    ["an account by its name", anApplication({ web: [aSlot({ user: "www-data" })] }), /web\.0\.user/],
    [
      "Docker over the network without TLS",
      anApplication({ host: { endpoint: "tcp://10.1.0.5:2375" } }),
      /certificates/,
    ],
    ["an option in the place of a host", anApplication({ host: { endpoint: "ssh://-oProxyCommand=x y" } }), /endpoint/],
    [
      "a path that leads elsewhere",
      anApplication({ web: [aSlot({ temporary: ["tmp"] })] }),
      /temporary\.0: .*absolute/,
    ],
    ["a secret in the clear beside a sealed one", withVariable({ name: "A", sealed: "geheim" }), /environment\.0/],
    ["no memory limit", anApplication({ web: [without(aSlot(), "memoryMb")] }), /memoryMb/],
    ["a third version", anApplication({ web: [aSlot(), aSlot({ slot: "b" }), aSlot({ slot: "b" })] }), /web/],
    [
      "an address of another network",
      anApplication({ web: [aSlot({ address: "10.44.0.9" })] }),
      /10\.44\.0\.9 is none/,
    ],
    ["the network's own address", anApplication({ web: [aSlot({ address: "10.44.0.0" })] }), /10\.44\.0\.0 is none/],
    ["its broadcast address", anApplication({ web: [aSlot({ address: "10.44.0.7" })] }), /10\.44\.0\.7 is none/],
    ["the gateway's address", anApplication({ web: [aSlot({ address: "10.44.0.1" })] }), /10\.44\.0\.1 is given twice/],
    ["containers without a network", anApplication({ network: undefined }), /containers need a network/],
    ["a slot twice", anApplication({ web: [aSlot(), aSlot({ address: "10.44.0.3" })] }), /slot a is filled twice/],
    ["a volume that is mounted and not kept", anApplication({ volumes: [] }), /data is mounted and not listed/],
    [
      "a network with bits of a host",
      { ...anApplication(), network: { subnet: "10.44.0.2/29", gateway: "10.44.0.1" } },
      /subnet/,
    ],
  ])("%s", (_, input, problem) => {
    expect(problemsOf(input).join("\n")).toMatch(problem);
  });

  test("with all problems at once, and no value of any", () => {
    const bad = anApplication({ web: [aSlot({ image: "nginx:latest", user: "0:0", environment: [] })] });
    expect(problemsOf(bad)).toHaveLength(2);
    expect(problemsOf(withVariable({ name: "A B", value: "geheim" })).join()).not.toContain("geheim");
  });

  test("what is no JSON, without quoting it", () => {
    expect(() => parseStackInput('{"kata sandi": geheim', "app-bappeda")).toThrow(/^((?!geheim)[\s\S])*no JSON$/);
  });
});

function withVariable(variable: unknown): unknown {
  return { ...anApplication(), web: [{ ...aSlot(), environment: [variable] }] };
}

function without<Whole extends object, Key extends keyof Whole>(whole: Whole, key: Key): Whole {
  const { [key]: _, ...rest } = whole;
  return rest as Whole;
}
