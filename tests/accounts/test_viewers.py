import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from nyumbani.accounts import queries
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer, actor_of, viewer_for, viewer_of
from tests.accounts.staff import administrator, hire

WANJIKU = "01J2ABCDEFGHJKMNPQRSTVWXYZ"


def having(*roles):
    return Viewer(staff_id=WANJIKU, display_name="Wanjiku", roles=frozenset(roles))


MAY = {
    "may_read_cases": {
        Role.CASEWORKER, Role.COORDINATOR, Role.ESCORT, Role.DOCUMENT_OFFICER,
        Role.AFTERCARE_WORKER, Role.TRAINER, Role.LEGAL_OFFICER, Role.DIRECTOR,
    },
    "may_open_cases": {Role.CASEWORKER, Role.COORDINATOR},
    "may_read_inbox": {Role.CASEWORKER, Role.COORDINATOR},
    "may_send": {
        Role.CASEWORKER, Role.COORDINATOR, Role.ESCORT, Role.DOCUMENT_OFFICER,
        Role.AFTERCARE_WORKER,
    },
    "may_lead": {Role.COORDINATOR, Role.DIRECTOR},
    "may_break_glass": {Role.CASEWORKER, Role.COORDINATOR, Role.LEGAL_OFFICER, Role.DIRECTOR},
    "may_read_ledger": {Role.DIRECTOR, Role.ADMINISTRATOR},
    "may_agree": {Role.DIRECTOR},
    "may_look_after_staff": {Role.ADMINISTRATOR},
}  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize("flag", MAY)
def test_each_role_opens_what_it_should_and_nothing_else(flag):
    assert {role for role in Role if getattr(having(role), flag)} == MAY[flag]


@pytest.mark.pure
@pytest.mark.parametrize(
    "flag",
    [
        "may_read_cases",
        "may_open_cases",
        "may_read_inbox",
        "may_send",
        "may_lead",
        "may_break_glass",
        "may_agree",
    ],
)
def test_an_administrator_reads_no_cases_whatever_else_they_are(flag):
    for role in Role:
        assert not getattr(having(Role.ADMINISTRATOR, role), flag)


@pytest.mark.pure
def test_who_has_no_role_may_nothing():
    assert not any(getattr(having(), flag) for flag in MAY)


@pytest.mark.pure
def test_the_ledger_knows_staff_by_number_only():
    assert having(Role.ESCORT).ledger_name == f"staff:{WANJIKU}"


@pytest.mark.pure
def test_a_viewer_cannot_be_given_a_role_on_the_way():
    with pytest.raises(AttributeError):
        having(Role.ESCORT).roles = frozenset(Role)  # type: ignore[misc]


def asking(who):
    request = RequestFactory().get("/")
    request.user = who
    return request


@pytest.mark.pure
def test_nobody_is_no_viewer_and_no_actor():
    for ask in (viewer_of, actor_of):
        with pytest.raises(PermissionDenied):
            ask(asking(AnonymousUser()))


@pytest.mark.django_db
def test_roles_are_read_once_a_request(django_assert_num_queries):
    request = asking(hire("wanjiku", Role.ESCORT, Role.TRAINER))
    with django_assert_num_queries(1):
        assert viewer_of(request).roles == {Role.ESCORT, Role.TRAINER}
        assert viewer_of(request).may_send
        assert actor_of(request).display_name == "Wanjiku"


@pytest.mark.django_db
def test_a_request_that_changes_hands_changes_viewers():
    request = asking(hire("wanjiku"))
    first = viewer_of(request)
    request.user = hire("otieno", Role.COORDINATOR)
    assert viewer_of(request) != first
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        viewer_of(request)


@pytest.mark.django_db
def test_who_left_holds_no_role_even_if_a_row_says_so():
    staff = hire("wanjiku")
    Staff.objects.update(is_active=False)
    staff.refresh_from_db()
    assert viewer_for(staff).roles == frozenset()


@pytest.mark.django_db
def test_colleagues_are_those_who_work_here_now():
    viewer = viewer_for(hire("wanjiku"))
    hire("otieno", Role.COORDINATOR, Role.ESCORT)
    Staff.objects.filter(pk=hire("mutua").pk).update(is_active=False)
    assert [one.display_name for one in queries.colleagues(viewer)] == ["Otieno", "Wanjiku"]
    leads = queries.colleagues_with(viewer, Role.COORDINATOR, Role.DIRECTOR)
    assert [one.display_name for one in leads] == ["Otieno"]


@pytest.mark.django_db
def test_names_of_former_colleagues_are_still_known():
    former = hire("mutua")
    Staff.objects.update(is_active=False)
    viewer = viewer_for(hire("wanjiku"))
    assert queries.names_of(viewer, [former.pk, "nobody"]) == {former.pk: "Mutua"}


@pytest.mark.django_db
def test_a_history_says_the_sign_in_name_of_who_is_called_otherwise():
    wanjiku = hire("wanjiku")
    Staff.objects.filter(pk=wanjiku.pk).update(display_name="Mama Rehema")
    viewer = viewer_for(hire("otieno"))
    assert queries.names_of(viewer, [wanjiku.pk]) == {wanjiku.pk: "Mama Rehema (wanjiku)"}


@pytest.mark.django_db
def test_accounts_are_read_by_administrators_alone():
    wanjiku, cherono = hire("wanjiku"), administrator()
    for viewer, expected in ((viewer_for(wanjiku), False), (viewer_for(cherono), True)):
        assert bool(queries.accounts(viewer)) is expected
        assert (queries.account(viewer, wanjiku.pk) is not None) is expected
        assert bool(queries.grants_of(viewer, wanjiku.pk)) is expected
