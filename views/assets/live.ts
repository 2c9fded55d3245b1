/** The script of the few pages of which a part follows the server: htmx, and what every page has. */
import 'htmx.org';
import './app.ts';
