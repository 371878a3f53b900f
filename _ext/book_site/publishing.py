"""What only a book with an address needs: a sitemap, share cards, a page for lost readers."""

import os
from urllib.parse import urlsplit

EXTENSIONS = ("notfound.extension", "sphinx_sitemap", "sphinxext.opengraph")


def setup(app):
    config = app.config
    config.html_baseurl = os.environ.get("BOOK_URL", "")
    if config.html_baseurl:
        config.notfound_urls_prefix = urlsplit(config.html_baseurl).path
        config.ogp_site_name = config.html_title
        config.ogp_site_url = config.html_baseurl
        config.sitemap_url_scheme = "{link}"
        for extension in EXTENSIONS:
            app.setup_extension(extension)
