import { expect, test } from "vitest";
import { type ProxySettings, type Route, toCaddyConfig } from "../../../infra/proxy/routes.ts";

const settings: ProxySettings = {
  httpPort: 80,
  httpsPort: 443,
  intranet: ["10.0.0.0/8"],
  acmeDirectory: "https://acme.example/directory",
};
const inside: Route = { names: ["bappeda.labura.go.id"], upstreams: ["10.44.0.2:8080"], reach: "intranet" };
const outside: Route = { names: ["www.labura.go.id", "labura.go.id"], upstreams: ["10.44.0.10:80"], reach: "internet" };

function policiesOf(routes: Route[], given: Partial<ProxySettings> = {}) {
  return toCaddyConfig(routes, { ...settings, ...given }).apps.tls.automation.policies;
}

test("the same routes give the same bytes, in whatever order they come", () => {
  const [one, other] = [toCaddyConfig([inside, outside], settings), toCaddyConfig([outside, inside], settings)];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

test("orders are taken from the socket only, and what nobody has is not found", () => {
  const { admin, apps } = toCaddyConfig([], settings);
  expect(admin).toEqual({ listen: "unix//run/caddy/admin.sock" });
  expect(apps.http.servers.hosting.routes).toEqual([{ handle: [{ handler: "static_response", status_code: 404 }] }]);
});

test("the addresses of both versions stand in the order given, and the next is tried where one does not answer", () => {
  const both: Route = { ...inside, upstreams: ["10.44.0.3:8080", "10.44.0.2:8080"] };
  const text = JSON.stringify(toCaddyConfig([both], settings));
  expect(text).toContain('"upstreams":[{"dial":"10.44.0.3:8080"},{"dial":"10.44.0.2:8080"}]');
  expect(text).toContain('"selection_policy":{"policy":"first"},"try_duration":"10s"');
  expect(text).toContain('"passive":{"fail_duration":"1s","max_fails":1}');
});

test("what is to take over answers who knows the value only, and under the same guard; it never sees that value", () => {
  const probed: Route = { ...inside, probe: { upstream: "10.44.0.3:8080", value: "drawn" } };
  const [route] = toCaddyConfig([probed], settings).apps.http.servers.hosting.routes;
  expect(route).toMatchObject({
    match: [{ host: ["bappeda.labura.go.id"] }],
    handle: [
      {
        routes: [
          { handle: [{ status_code: 403 }], terminal: true },
          {
            match: [{ header: { "Simpul-Probe": ["drawn"] } }],
            handle: [{ upstreams: [{ dial: "10.44.0.3:8080" }], headers: { request: { delete: ["Simpul-Probe"] } } }],
            terminal: true,
          },
          { handle: [{ upstreams: [{ dial: "10.44.0.2:8080" }] }] },
        ],
      },
    ],
  });
  expect(JSON.stringify(toCaddyConfig([inside], settings))).not.toContain("Simpul-Probe");
});

test("an address that is the only one is never passed over: those who wait for it would come at once", () => {
  expect(JSON.stringify(toCaddyConfig([inside], settings))).not.toContain("health_checks");
});

test("who is not in the intranet is refused what is of the intranet only", () => {
  const guard =
    '"match":[{"not":[{"remote_ip":{"ranges":["10.0.0.0/8"]}}]}],"handle":[{"handler":"static_response","status_code":403}]';
  expect(JSON.stringify(toCaddyConfig([inside], settings))).toContain(guard);
  expect(JSON.stringify(toCaddyConfig([outside], settings))).not.toContain("remote_ip");
});

test("names of the intranet have certificates of our own authority, others of the directory that is set", () => {
  expect(policiesOf([inside, outside])).toEqual([
    { subjects: ["bappeda.labura.go.id"], issuers: [{ module: "internal" }] },
    {
      subjects: ["labura.go.id", "www.labura.go.id"],
      issuers: [{ module: "acme", ca: "https://acme.example/directory" }],
    },
  ]);
  expect(policiesOf([outside], { acmeDirectory: undefined })).toEqual([
    { subjects: ["labura.go.id", "www.labura.go.id"], issuers: [{ module: "internal" }] },
  ]);
  expect(policiesOf([])).toEqual([]);
});

test("what is closed answers by a plain page to whom it answered before, and nothing reaches it", () => {
  const text = JSON.stringify(toCaddyConfig([{ ...inside, isClosed: true }], settings));
  expect(text).toContain('"status_code":503');
  expect(text).toContain("Layanan ini dihentikan sementara");
  expect(text).toContain('"remote_ip":{"ranges":["10.0.0.0/8"]}');
  expect(text).not.toContain("10.44.0.2");
});

test("who asks without TLS is led to the port of https where that is another one, and Caddy leads there by itself where it is 443", () => {
  const serversOf = (given: Partial<ProxySettings>) =>
    toCaddyConfig([outside], { ...settings, ...given }).apps.http.servers;
  const { hosting, redirecting } = serversOf({ httpPort: 8980, httpsPort: 8943 });
  expect(hosting).toMatchObject({ listen: [":8943"], automatic_https: { disable_redirects: true } });
  expect(redirecting).toMatchObject({
    listen: [":8980"],
    routes: [
      {
        match: [{ host: ["labura.go.id", "www.labura.go.id"] }],
        handle: [{ status_code: 308, headers: { Location: ["https://{http.request.host}:8943{http.request.uri}"] } }],
      },
      { handle: [{ status_code: 404 }] },
    ],
  });
  expect(Object.keys(serversOf({}))).toEqual(["hosting"]);
  expect(serversOf({}).hosting).not.toHaveProperty("automatic_https");
});
