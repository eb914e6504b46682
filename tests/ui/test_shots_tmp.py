import pytest
from tests.browser import axe_violations, transfer_weights
pytestmark = pytest.mark.browser

@pytest.mark.parametrize("lang", ["en","ar"])
@pytest.mark.parametrize("width", [360,1280])
def test_shots(gallery, new_page, lang, width):
    for name, path in (("gallery","/"),("inbox","/inbox/"),("list","/inbox/?here=list"),("public","/public/")):
        page = new_page(width=width, lang=lang)
        w = transfer_weights(page)
        page.goto(gallery+path)
        page.screenshot(path=f"/tmp/uiwork/g-{name}-{lang}-{width}.png", full_page=name!="inbox")
        print(name, lang, width, w.of, w.total, w.foreign)
        for v in axe_violations(page): print("AXE", v)
