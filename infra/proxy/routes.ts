/** Where the proxy takes orders: a socket inside of its container, which nobody else sees. */
export const adminSocket = { folder: "/run/caddy", address: "unix//run/caddy/admin.sock" };

const admin = { listen: adminSocket.address };

/** Of a proxy that was never given any routes. */
export const firstConfig = { admin };

/** How the proxy reaches one application. */
export type Route = {
  /** names under which it answers, in lower case */
  names: readonly string[];
  /** "10.40.0.2:8080"; the first that answers is used, so the one that is meant to answer comes first */
  upstreams: readonly string[];
  /** "intranet" answers clients with an address of `intranet` only, and takes its certificate from our own CA */
  reach: "intranet" | "internet";
  /** taken off the net: its names lead to a plain page, and no request to it */
  isClosed?: true;
  probe?: Probe;
};

/** What is to take over, and is asked before people are led to it. */
export type Probe = {
  /** "10.40.0.3:8080" */
  upstream: string;
  /** of `probeHeader` in the requests that go there; all who do not know it are answered by the others */
  value: string;
};

/** No application sees it. */
export const probeHeader = "Simpul-Probe";

export type ProxySettings = {
  httpPort: number;
  httpsPort: number;
  /** networks of the intranet, in CIDR */
  intranet: readonly string[];
  /** where certificates of names of the internet come from; undefined: from our own CA, too */
  acmeDirectory: string | undefined;
};

/** What a client waits for an application that is just redeployed, and how soon the next address is tried. */
const tryFor = "10s";
/** Longer than a second, after which a request to connect that was lost is sent again. */
const dialWithin = "2s";
/** For how long an address that did not answer is passed over where there is another; all who wait come at once when it is not. */
const passOverFor = "1s";
/** What is under way may end after the routes have changed. */
const graceFor = "30s";

/** Caddy's own configuration, whole: what it is given takes the place of what it had. The same routes give the same bytes. */
export function toCaddyConfig(routes: readonly Route[], settings: ProxySettings) {
  const sorted = routes.toSorted((one, other) => ((one.names[0] ?? "") < (other.names[0] ?? "") ? -1 : 1));
  const internal = sorted.filter(({ reach }) => reach === "intranet" || settings.acmeDirectory === undefined);
  const official = sorted.filter((route) => !internal.includes(route));
  return {
    admin,
    apps: {
      http: {
        http_port: settings.httpPort,
        https_port: settings.httpsPort,
        grace_period: graceFor,
        servers: {
          hosting: {
            listen: [`:${settings.httpsPort}`],
            // A name that nobody has is answered by nothing else.
            routes: [...sorted.map((route) => toCaddyRoute(route, settings)), { handle: [notFound] }],
            ...(hasUsualPort(settings) ? {} : { automatic_https: { disable_redirects: true } }),
          },
          ...(hasUsualPort(settings) ? {} : { redirecting: redirectingServer(sorted, settings) }),
        },
      },
      tls: {
        automation: {
          policies: [
            ...policyOf(internal, { module: "internal" }),
            ...policyOf(official, { module: "acme", ca: settings.acmeDirectory }),
          ],
        },
      },
      // Our CA is handed out by the office, and not put into the proxy's own system.
      pki: { certificate_authorities: { local: { name: "Simpul", install_trust: false } } },
    },
  };
}

function hasUsualPort({ httpsPort }: ProxySettings): boolean {
  return httpsPort === 443;
}

/** Caddy takes another port of https for one that people do not see, and leads them to 443. */
function redirectingServer(routes: readonly Route[], { httpPort, httpsPort }: ProxySettings) {
  const location = `https://{http.request.host}:${httpsPort}{http.request.uri}`;
  const redirect = { handler: "static_response", status_code: 308, headers: { Location: [location] } };
  const host = routes.flatMap(({ names }) => names).toSorted();
  const redirects = host.length === 0 ? [] : [{ match: [{ host }], handle: [redirect], terminal: true }];
  return { listen: [`:${httpPort}`], routes: [...redirects, { handle: [notFound] }] };
}

const notFound = { handler: "static_response", status_code: 404 };
const forbidden = { handler: "static_response", status_code: 403 };

/** Says nothing of why: whoever asks may be who defaced it. */
const closedPage = {
  handler: "static_response",
  status_code: 503,
  headers: { "Content-Type": ["text/html; charset=utf-8"], "Cache-Control": ["no-store"], "Retry-After": ["3600"] },
  body: [
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Layanan dihentikan sementara</title></head>',
    "<body><h1>Layanan ini dihentikan sementara</h1>",
    "<p>Petugas sedang menanganinya. Silakan coba lagi nanti, atau hubungi Dinas Komunikasi dan Informatika.</p>",
    "</body></html>",
  ].join("\n"),
};

function toCaddyRoute({ names, upstreams, reach, isClosed, probe }: Route, { intranet }: ProxySettings) {
  const outside = { match: [{ not: [{ remote_ip: { ranges: intranet } }] }], handle: [forbidden] };
  const guard = reach === "intranet" ? [{ ...outside, terminal: true }] : [];
  const probed = probe === undefined ? [] : [toProbed(probe)];
  const answering = { handle: [isClosed ? closedPage : proxyTo(upstreams)] };
  return {
    match: [{ host: names.toSorted() }],
    handle: [{ handler: "subroute", routes: [...guard, ...probed, answering] }],
    terminal: true,
  };
}

function toProbed({ upstream, value }: Probe) {
  const headers = { request: { delete: [probeHeader] } };
  return {
    match: [{ header: { [probeHeader]: [value] } }],
    handle: [{ ...proxyTo([upstream]), headers }],
    terminal: true,
  };
}

function proxyTo(upstreams: readonly string[]) {
  return {
    handler: "reverse_proxy",
    upstreams: upstreams.map((dial) => ({ dial })),
    transport: { protocol: "http", dial_timeout: dialWithin },
    load_balancing: { selection_policy: { policy: "first" }, try_duration: tryFor, try_interval: "100ms" },
    ...(upstreams.length > 1 ? { health_checks: { passive: { fail_duration: passOverFor, max_fails: 1 } } } : {}),
  };
}

function policyOf(routes: readonly Route[], issuer: { module: string; ca?: string | undefined }) {
  const subjects = routes.flatMap(({ names }) => names).toSorted();
  return subjects.length === 0 ? [] : [{ subjects, issuers: [issuer] }];
}
