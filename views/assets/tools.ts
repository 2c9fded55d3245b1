/** The script of every page: buttons that only a script can serve are shown here, where the browser can do them. */
import './shrink-photos.ts';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// 念给我听: reads the text of the region that the button names; a second press stops.
if ('speechSynthesis' in window) {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-read-aloud]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        return;
      }
      const text = document.getElementById(button.dataset['readAloud'] ?? '')?.innerText ?? '';
      const speech = new SpeechSynthesisUtterance(text);
      speech.lang = document.documentElement.lang;
      speech.rate = 0.85;
      speechSynthesis.speak(speech);
    });
  }
}
