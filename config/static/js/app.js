// The one script of every page. Each module stands alone; the page works without any of them.
import "./words.js";
import "./shortcuts.js";
import "./blur.js";
import "./saved.js";
import "./confirm.js";
import "./forget.js";
import "./once.js";
import "./rowkeys.js";
import "./errors.js";
import "./clock.js";
import "./charcount.js";
import "./scrollers.js";
