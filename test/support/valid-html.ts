/**
 * Whether a page is valid HTML, said by html-validate and nobody on the network. Rules of style are off: the renderer writes HTML as
 * short as it may be, and what browsers and people make of it is what counts here.
 */
import { HtmlValidate } from 'html-validate';

const htmlValidate = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'doctype-style': 'off',
    // Rows of a form send the same names; the server reads them by their place.
    'form-dup-name': 'off',
    'long-title': 'off',
    // The customers' display follows the till without JavaScript, too; nobody fills anything in there.
    'meta-refresh': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // A bare > in words is HTML; the renderer writes every < and & of what it is given as what they are called.
    'no-raw-characters': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    // A list without marks is announced as a list by Safari only with its role.
    'no-redundant-role': 'off',
  },
});

/** What is wrong, each with its rule and place; nothing where all is well. */
export async function invalidHtml(html: string): Promise<string[]> {
  const { results } = await htmlValidate.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} ${selector ?? ''}`.trim()),
  );
}
