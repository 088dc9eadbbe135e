use super::*;

#[test]
fn lines_follow_from_their_seeds() {
    let case = TypeCase::load(&[], Split::Holdout, None).expect("the faces are installed");
    for index in 0..40 {
        let (one, two) = (line(&case, Split::Holdout, 5, index), line(&case, Split::Holdout, 5, index));
        let (one, two) = (one.expect("drawn"), two.expect("drawn"));
        assert_eq!(one.truth, two.truth);
        assert_eq!(one.image.as_raw(), two.image.as_raw());
    }
}

#[test]
fn splits_share_no_face() {
    let fit = TypeCase::load(&[], Split::Fit, None).expect("the faces are installed");
    let held = TypeCase::load(&[], Split::Holdout, None).expect("the faces are installed");
    assert!(fit.names().len() >= 10 && held.names().len() == crate::holdout::Holdout::get().faces.len());
    assert!(fit.names().iter().all(|name| !held.names().contains(name)));
}

#[test]
fn a_line_shows_ink_and_says_only_what_a_reader_may_say() {
    let case = TypeCase::load(&[], Split::Fit, None).expect("the faces are installed");
    let mut forms = std::collections::BTreeSet::new();
    for index in 0..120 {
        let Line { image, truth } = line(&case, Split::Fit, 9, index).expect("drawn");
        forms.insert(truth.form);
        assert!(image.height() >= 4 && image.height() <= 64 && image.width() >= 8, "{truth:?}");
        assert!(truth.text.chars().all(|c| c.is_ascii_digit() || " /.-:,ABCDEFGHIJKL".contains(c)), "{}", truth.text);
        assert_eq!(truth.text.trim(), truth.text);
        let (low, high) = image.iter().fold((255, 0), |(low, high), v| (low.min(*v), high.max(*v)));
        assert!(high > low + 15, "{index}: nothing is printed: {truth:?}");
    }
    assert!(forms.len() >= 12, "{forms:?}");
}
