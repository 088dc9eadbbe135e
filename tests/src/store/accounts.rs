//! Logging in: sessions that end, and a brake on guessing.

use std::time::Duration;

use sanad::accounts::{self, Login, LoginError, SESSION_LASTS};
use sanad::demo::{DEMO_PASSWORD, DEMO_USERS};

use super::house::{House, login, on_both};

#[test]
fn guessing_is_slowed_for_one_account_from_one_address() {
    on_both(async |house: House| {
        let store = &house.store;
        for _ in 0..5 {
            assert!(matches!(accounts::log_in(store, &login("modir", "guess")).await, Err(LoginError::Wrong)));
        }
        let right = accounts::log_in(store, &login("modir", DEMO_PASSWORD)).await;
        assert!(matches!(right, Err(LoginError::Throttled { .. })), "even the right one waits");
        let elsewhere = Login { address: "198.51.100.9".to_owned(), ..login("modir", DEMO_PASSWORD) };
        assert!(accounts::log_in(store, &elsewhere).await.is_ok(), "the person at the own desk is let in");
        house.clock.advance(Duration::from_secs(31));
        assert!(accounts::log_in(store, &login("modir", DEMO_PASSWORD)).await.is_ok());
        assert!(matches!(accounts::log_in(store, &login("modir", "x")).await, Err(LoginError::Wrong)));
    });
}

#[test]
fn an_unknown_account_answers_like_a_wrong_password() {
    on_both(async |house: House| {
        let answer = accounts::log_in(&house.store, &login("nobody", "x")).await;
        assert!(matches!(answer, Err(LoginError::Wrong)));
    });
}

#[test]
fn a_session_ends_by_time_by_leaving_and_everywhere() {
    on_both(async |house: House| {
        let store = &house.store;
        let open = async || accounts::log_in(store, &login("daftar1", DEMO_PASSWORD)).await.ok().unwrap();
        let (first, second, third) = (open().await, open().await, open().await);
        assert_ne!(first.token, second.token);
        accounts::log_out(store, &first.token).await.unwrap();
        assert!(accounts::session(store, &first.token).await.unwrap().is_none());
        assert!(accounts::session(store, &second.token).await.unwrap().is_some());
        assert_eq!(accounts::log_out_everywhere(store, &second.actor).await.unwrap(), 2);
        assert!(accounts::session(store, &third.token).await.unwrap().is_none());
        let last = open().await;
        house.clock.advance(SESSION_LASTS);
        assert!(accounts::session(store, &last.token).await.unwrap().is_none());
        assert!(accounts::session(store, "").await.unwrap().is_none());
    });
}

#[test]
fn invented_accounts_are_known_as_such() {
    on_both(async |house: House| {
        assert!(accounts::has_demo_accounts(&house.store).await.unwrap());
        for user in DEMO_USERS {
            let actor = house.actor(user.user_name).await;
            assert_eq!((actor.role, actor.office.is_some()), (user.role, user.office.is_some()));
        }
    });
}
