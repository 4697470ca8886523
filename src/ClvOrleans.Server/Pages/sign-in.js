// Signs in by the link that was opened, whose secret is behind the #, which browsers send to nobody; or by a key.
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

$('key-form').onsubmit = (event) => {
  event.preventDefault();
  signIn($('key').value.trim());
};

if (location.pathname === '/sign-in' && location.hash.length > 1) {
  const secret = location.hash.slice(1);
  history.replaceState(null, '', '/sign-in');
  await signIn(secret);
}
