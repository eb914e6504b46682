import datetime as dt
import pytest
from django.conf import settings
from nyumbani.kit import clock
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.inbox.channels.events import Content
from nyumbani.domain.delivery import State
from nyumbani.cases.terms import Urgency, Matter, Part
from nyumbani.cases import actions as cases
from nyumbani.inbox.actions import work
from nyumbani.people import actions as people
from nyumbani.people.terms import PairReason
from tests.browser import chromium, new_page, complaints, axe_violations, transfer_weights
from tests.desk.world import *
from tests.people_here import actor
import io
from PIL import Image

@pytest.mark.django_db(transaction=True)
def test_shots(live_server, new_page, wanjiku, kamau, otieno, amina, settings):
    now = clock.now()
    start = now - dt.timedelta(hours=5)
    with clock.at(start):
        r = somebody("Rehema", account=messenger())
        f = somebody("فاطمة")
        u = somebody("", "218910000001")
        hear(f, "ساعدوني، أنا محبوسة في البيت", at=start)
        hear(u, "", content=Content.VOICE, at=start + 5*MINUTE)
    v = Conversation.objects.get(pk=u.pk)
    voice = hear(v, "", content=Content.VOICE, at=start + 6*MINUTE)
    attach(voice, b"OggS" + bytes(40000), "audio/ogg; codecs=opus")
    out = io.BytesIO(); Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    pic = hear(v, "This is the house", content=Content.IMAGE, at=start + 7*MINUTE)
    attach(pic, out.getvalue(), "image/jpeg", kind=Content.IMAGE, name="IMG_1.jpg")
    yesterday = now - dt.timedelta(days=1)
    m = hear(r, "Hallo. I am a Kenyan working in a house in Tripoli. It is not for me. My friend Achieng is beaten by her boss and he took her passport. Can you help her come home?", at=yesterday, received=now - dt.timedelta(hours=4), account=messenger())
    hear(r, "Now yes. After 21:00 only. She says madam took her passport and locks the door", at=now - dt.timedelta(hours=1), account=messenger())
    e = hear(r, "typo", at=now - dt.timedelta(minutes=50), account=messenger())
    change(e, ChangeKind.EDIT, "corrected words")
    d = hear(r, "do not read", at=now - dt.timedelta(minutes=49), account=messenger())
    change(d, ChangeKind.DELETION)
    change(m, ChangeKind.REACTION, "🙏🏾")
    hear(r, "", at=now - dt.timedelta(minutes=45), account=messenger(), content=Content.LOCATION, data={"location": {"latitude": 32.88, "longitude": 13.19, "name": "Gargaresh"}})
    hear(r, "", at=now - dt.timedelta(minutes=44), account=messenger(), content=Content.UNKNOWN, notes=["not understood: x"])
    work.note(thread=r, text="Reporter is not the person in danger. Ask what is safe before anything else.", by=actor(wanjiku))
    answer(r, "Thank you for writing. Is it safe for you to write now?", wanjiku, state=State.FAILED, why="(#10) outside of allowed window")
    answer(r, "Thank you. When is nobody near your phone?", wanjiku, state=State.UNKNOWN)
    people.put_side_by_side(one=r.person_id, other=f.person_id, reason=PairReason.SHARED_IDENTIFIER, by=INTAKE)
    case = case_with(wanjiku, urgency=Urgency.NOW)
    cases.join(case=case, person=r.person, part=Part.REPORTER, by=actor(wanjiku))
    cases.introduce(case=case, part=Part.IN_DISTRESS, called="Achieng", told_by=r.person, by=actor(wanjiku))
    work.write_down_fact(message=m, case=case, matter=Matter.MISTREATMENT, text="Beaten by her boss; he took her passport", by=actor(wanjiku), about=None)
    lets_in(case, wanjiku, kamau)
    cases.set_task(case=case, title="Ask when it is safe to write", due_at=now - MINUTE, assignee=wanjiku, by=actor(wanjiku))
    cases.set_task(case=case, title="Call the consul", assignee=kamau, by=actor(wanjiku))
    cases.write_note(case=case, text="Do not call.", by=actor(kamau))
    cases.break_glass(case=case, reason="She calls and nobody answers", by=actor(amina))
    odd_item("hello")
    desk = at_desk(wanjiku)
    pages = {"today": "/", "inbox": "/inbox/", "thread": f"/inbox/{r.person_id}/#newest", "voice": f"/inbox/{u.person_id}/", "takeup": f"/inbox/{v.person_id}/{voice.pk}/take-up/", "cases": "/cases/", "case": f"/cases/{case.pk}/", "people": f"/cases/{case.pk}/people/", "tasks": f"/cases/{case.pk}/tasks/", "facts": f"/cases/{case.pk}/facts/", "notes": f"/cases/{case.pk}/notes/", "messages": f"/cases/{case.pk}/messages/", "history": f"/cases/{case.pk}/history/", "person": f"/people/{r.person_id}/", "odd": "/inbox/odd/", "jump": "/jump/", "fact": f"/inbox/{r.person_id}/{m.pk}/fact/"}
    for lang, width in (("en", 1280), ("en", 360), ("ar", 1280), ("ar", 360)):
        page = new_page(width=width, lang=lang)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": desk.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}])
        for name, path in pages.items():
            w = transfer_weights(page)
            page.goto(live_server.url + path)
            page.wait_for_timeout(100)
            found = axe_violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            print(lang, width, name, w.total, "scrollW", wide, w.foreign, *found, sep="\n   " if found else " ")
            if lang == "en" or name in {"today", "thread", "case", "inbox"}:
                page.screenshot(path=f"/tmp/shots/{name}-{lang}-{width}.png", full_page=width < 640)
