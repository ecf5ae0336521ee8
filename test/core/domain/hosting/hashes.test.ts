import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, type Json } from "../../../../core/domain/hosting/canonical.ts";
import { hashPreview, type PreviewStep } from "../../../../core/domain/hosting/preview.ts";
import { isSealed, nonceBytes, openSecret, sealSecret } from "../../../../core/domain/hosting/sealed-secret.ts";
import { fingerprintOfSecrets } from "../../../../core/domain/hosting/secret-fingerprint.ts";
import { hashState, type StackState } from "../../../../core/domain/hosting/state-hash.ts";

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const step: fc.Arbitrary<PreviewStep> = fc.record({
  operation: fc.constantFrom("create", "same", "update", "refresh"),
  urn: fc.string(),
  inputs: json,
  changed: fc.array(fc.string()),
});
const shuffled = <Item>(items: readonly Item[]) => items.toReversed();

/**
 * Keys without backslashes and quotes: once V8 13.6 has read an object with the key "\\", it reads a key that is a quote in its place
 * as a backslash, too.
 */
const plainKeys = { stringUnit: fc.constantFrom(..."aZ0 é😀:{[,") };

test("the same value has one canonical text, whatever the order of its keys", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: plainKeys.stringUnit }), fc.jsonValue(plainKeys) as fc.Arbitrary<Json>),
      (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      },
    ),
  );
});

describe("the hash of a preview", () => {
  test("does not depend on the order in which steps came", () => {
    fc.assert(
      fc.property(fc.array(step), fc.string(), (steps, secrets) => {
        expect(hashPreview({ steps: shuffled(steps), secrets })).toBe(hashPreview({ steps, secrets }));
      }),
    );
  });

  const steps: PreviewStep[] = [{ operation: "create", urn: "urn:a", inputs: { image: "sha256:1" }, changed: [] }];
  const hash = hashPreview({ steps, secrets: "s" });

  test.each<[string, Partial<PreviewStep>]>([
    ["operation", { operation: "update" }],
    ["resource", { urn: "urn:b" }],
    ["input", { inputs: { image: "sha256:2" } }],
  ])("is another one with another %s", (_, change) => {
    expect(hashPreview({ steps: steps.map((each) => ({ ...each, ...change })), secrets: "s" })).not.toBe(hash);
  });

  test("is another one with another secret, or one step more", () => {
    expect(hashPreview({ steps, secrets: "t" })).not.toBe(hash);
    expect(hashPreview({ steps: [...steps, ...steps], secrets: "s" })).not.toBe(hash);
  });
});

describe("the hash of a state", () => {
  const mark = "4dabf18193072939515e22adb298388d";
  const secretOf = (plaintext: string): Json => ({ [mark]: "1b47061264138c4ac30d75fd1eb44270", plaintext });
  const state = (inputs: Json, given: Partial<StackState> = {}): StackState => ({
    resources: [{ urn: "urn:a", id: "1", inputs, isProtected: false }],
    pending: [],
    ...given,
  });
  const of = (given: StackState) => hashState(given, "rahasia");

  test("is the same where only Pulumi's own notes differ", () => {
    expect(of(state({ memory: 64, __defaults: ["start"] }))).toBe(of(state({ memory: 64 })));
  });

  test.each<[string, StackState]>([
    ["input", state({ memory: 96 })],
    ["secret", state({ memory: 64, envs: secretOf('"B"') })],
    ["protection", { ...state({}), resources: [{ urn: "urn:a", id: "1", inputs: { memory: 64 }, isProtected: true }] }],
    ["operation that did not end", state({ memory: 64 }, { pending: [{ urn: "urn:b", operation: "creating" }] })],
  ])("is another one with another %s", (_, other) => {
    expect(of(other)).not.toBe(of(state({ memory: 64 })));
  });

  test("knows a secret from another one only with the passphrase", () => {
    const [one, other] = [state({ envs: secretOf('"A"') }), state({ envs: secretOf('"B"') })];
    expect(of(one)).not.toBe(of(other));
    expect(hashState(one, "lain")).not.toBe(of(one));
  });
});

describe("a sealed secret", () => {
  const nonce = new Uint8Array(nonceBytes).fill(1);

  test("is opened by its passphrase, and shows nothing of itself", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        const sealed = sealSecret("rahasia", text, nonce);
        expect(isSealed(sealed)).toBe(true);
        expect(sealed).not.toContain(text);
        expect(openSecret("rahasia", sealed)).toBe(text);
        expect(sealSecret("rahasia", text, nonce)).toBe(sealed);
      }),
      { numRuns: 20 },
    );
  });

  test("is opened by no other passphrase, and not where it was altered", () => {
    const sealed = sealSecret("rahasia", "kata sandi", nonce);
    expect(() => openSecret("lain", sealed)).toThrow(/another passphrase, or altered/);
    const altered = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
    expect(() => openSecret("rahasia", altered)).toThrow(/another passphrase, or altered/);
  });

  test.each(["", "kata sandi", "sealed:1:", "sealed:1:AAAA", "sealed:2:AAAA"])("is not %o", (text) => {
    expect(isSealed(text)).toBe(false);
  });
});

test("the fingerprint of secrets depends on each, their order and the passphrase", () => {
  const prints = [
    fingerprintOfSecrets("p", ["a", "b"]),
    fingerprintOfSecrets("p", ["b", "a"]),
    fingerprintOfSecrets("p", ["ab"]),
    fingerprintOfSecrets("q", ["a", "b"]),
    fingerprintOfSecrets("p", []),
  ];
  expect(new Set(prints).size).toBe(prints.length);
});
