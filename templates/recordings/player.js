// One player for all calls of the page. Without this script a link to a recording opens it as it is.
const byId = (id) => document.getElementById(id);
const [player, title, sound, speed, unplayable] = ['player', 'title', 'sound', 'speed', 'unplayable'].map(byId);

function listen(link) {
  player.hidden = false;
  unplayable.hidden = true;
  title.textContent = link.dataset.title;
  sound.src = link.href;
  sound.defaultPlaybackRate = Number(speed.value);
  sound.focus();
  // what a browser cannot play comes as the event `error`, too
  sound.play().catch(() => {});
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a.listen');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  listen(link);
});

sound.addEventListener('error', () => {
  unplayable.hidden = false;
});

speed.addEventListener('change', () => {
  sound.defaultPlaybackRate = Number(speed.value);
  sound.playbackRate = Number(speed.value);
});

for (const [id, seconds] of [['back', -10], ['on', 10]]) {
  byId(id).addEventListener('click', () => {
    sound.currentTime += seconds;
  });
}
