import pytest, time
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.world import *
@pytest.mark.django_db
def test_count(wanjiku):
    desk=at_desk(wanjiku)
    t=None
    for n in range(50):
        t=somebody(f"W{n}"); hear(t,"x", at=clock.now()-n*MINUTE)
    for n in range(50): hear(t, f"y{n}")
    c=case_with(wanjiku,t)
    for a in ("/","/inbox/",f"/inbox/{t.person_id}/",f"/inbox/{t.person_id}/news/?since=x","/inbox/news/?since=x","/cases/",f"/cases/{c.pk}/",f"/people/{t.person_id}/"):
        desk.get(a)
        s=time.perf_counter()
        with CaptureQueriesContext(connection) as q: desk.get(a)
        print(a,len(q), round((time.perf_counter()-s)*1000),"ms")
        if a.endswith(t.person_id+"/") and a.startswith("/inbox"):
            for x in q: print("   ", x["sql"][:150])
