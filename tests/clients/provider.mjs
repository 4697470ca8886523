// An OpenID provider with people who sign in by their name alone, and a page where they do. Prints its address when it is ready.
// Usage: node provider.mjs PORT CLIENT_SECRET ORIGIN... ; POST /people/NAME {"roles":["owners"]} says who somebody is.
import http from 'node:http';
import Provider from 'oidc-provider';

const [port, secret, ...origins] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const people = new Map();

const provider = new Provider(address, {
  clients: [{
    client_id: 'clv',
    client_secret: secret,
    redirect_uris: origins.map(origin => `${origin}/sign-in/callback`),
    post_logout_redirect_uris: origins.map(origin => `${origin}/sign-in`),
  }],
  claims: { openid: ['sub', 'roles'], email: ['email'], profile: ['name'] },
  cookies: { keys: ['of a test'] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => {
        ctx.body = `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
      },
    },
  },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
  findAccount: (_, id) => people.has(id)
    ? { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }
    : undefined,
  // Who is signed in has agreed: the provider and the service are of one company.
  loadExistingGrant: async ctx => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

const bodyOf = async request => {
  let body = '';
  for await (const part of request) body += part;
  return body;
};

const framework = provider.callback();
http.createServer(async (request, response) => {
  const [, place, id] = new URL(request.url, address).pathname.split('/');
  if (place === 'people' && request.method === 'POST') {
    people.set(id, JSON.parse(await bodyOf(request)));
    response.end();
  } else if (place === 'login' && request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    response.end('<form method="post"><input name="person"><button>Sign in</button></form>');
  } else if (place === 'login') {
    const person = new URLSearchParams(await bodyOf(request)).get('person');
    await provider.interactionFinished(
      request, response, people.has(person) ? { login: { accountId: person } } : { error: 'access_denied', error_description: 'no' });
  } else {
    framework(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log(address));
