// The demo's one page: wires its buttons to what the other modules do, and shows what came of it.
import { call } from "./gate.js";
import { begin, claims, configuration, finish, forget, session } from "./session.js";
import { answered, facts, find, inFlight, listed, problem, refused, shown } from "./view.js";

const config = await configuration().catch(problem);
// The redirect that is registered names one origin; `127.0.0.1` is another.
if (config && !config.site.startsWith(location.origin)) location.replace(config.site);
else if (config) await start();

async function start() {
  const kept = await finish(config).catch(problem);
  find("sign-in").onclick = inFlight(() => begin(config));
  find("sign-out").onclick = inFlight(() => forget(config));
  if (kept ?? session()) inside(session());
  else find("outside").hidden = false;
}

function inside({ id_token: idToken, access_token: accessToken }) {
  find("inside").hidden = false;
  const { email, sub, iss, exp } = claims(idToken);
  facts("claims", { email, sub, iss, "valid until": new Date(exp * 1000).toLocaleTimeString() });

  const through = (url, answer) => inFlight(async () => answered(answer, await call(url, accessToken)));
  find("call-route").onclick = through(config.jwtRoute, "route-answer");
  find("call-admin").onclick = through(config.adminRoute, "admin-answer");

  find("swap").onclick = inFlight(async () => {
    // The AWS clients are most of the page's weight; they come when they are wanted.
    const [{ swap }, folder] = await Promise.all([import("./credentials.js"), import("./folder.js")]);
    const credentials = await swap(config, idToken);
    facts("keys", {
      identity: credentials.identityId,
      "access key": credentials.accessKeyId,
      "valid until": credentials.expiration.toLocaleTimeString(),
    });
    own(folder.open(config, credentials));
  });
}

function own(folder) {
  for (const id of ["upload", "trespass"]) find(id).disabled = false;
  find("upload").onclick = inFlight(async () => {
    const key = await folder.upload(find("photo").files[0]).catch((error) => refused("upload-answer", error));
    if (!key) return;
    answered("upload-answer", { allowed: true, title: `Stored ${key}` });
    listed("folder", await folder.list());
    shown("shown", await folder.read(key));
  });
  find("trespass").onclick = inFlight(async () => {
    const key = await folder.trespass().catch((error) => refused("trespass-answer", error));
    if (key) answered("trespass-answer", { allowed: true, title: `Stored ${key}, which should not be possible` });
  });
}
