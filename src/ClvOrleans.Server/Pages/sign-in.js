// Signs in by the link that was opened, whose secret is behind the #, which browsers send to nobody; by a key; or at
// the provider, where there is one.
const $ = (id) => document.getElementById(id);

async function signIn(credential) {
  const reply = await fetch('/sign-in', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ credential }),
  });
  if (reply.ok) {
    if (location.pathname === '/sign-in') location.replace('/'); else location.reload();
    return;
  }
  $('problem').textContent = (await reply.json()).detail;
  $('problem').hidden = false;
}

// Why a provider's answer let nobody in. Anything else in the address is no reason.
const problems = {
  Refused: 'You were not signed in: the provider refused, or you did.',
  NoRole: 'The provider knows you, but none of your roles lets you in here. Ask the owner of this service for one.',
  Failed: 'The sign-in took too long, was begun in another browser, or was used before. Begin again.',
  Unreachable: 'The provider does not answer. Try again later, or sign in with a link or a key.',
};

async function offerProvider() {
  const reply = await fetch('/sign-in/provider');
  if (reply.status !== 200) return;
  $('provider-name').textContent = (await reply.json()).name;
  const to = location.pathname === '/sign-in' ? '/' : location.pathname + location.search;
  $('provider-link').href = `/sign-in/start?to=${encodeURIComponent(to)}`;
  $('provider').hidden = false;
}

$('key-form').onsubmit = (event) => {
  event.preventDefault();
  signIn($('key').value.trim());
};

if (location.pathname === '/sign-in' && location.hash.length > 1) {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', '/sign-in');
  await signIn(secret);
}
const problem = new URLSearchParams(location.search).get('problem');
if (location.pathname === '/sign-in' && Object.hasOwn(problems, problem)) {
  $('problem').textContent = problems[problem];
  $('problem').hidden = false;
}
await offerProvider();
