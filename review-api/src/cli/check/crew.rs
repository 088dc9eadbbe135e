//! Many files at once, answers in the order of the input.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// Works on `items` with `jobs` threads and hands the results to `print` in the order of the items,
/// each as soon as all before it are printed.
///
/// # Errors
/// The first error of `print`; work that has not begun is then left.
pub(in crate::cli) fn in_order<I: Sync, R: Send>(
    items: &[I],
    jobs: usize,
    work: impl Fn(usize, &I) -> R + Sync,
    mut print: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let (sender, results) = sync_channel(jobs);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            let sender = sender.clone();
            let (next, stopped, work) = (&next, &stopped, &work);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    if sender.send((index, work(index, item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                print(result).inspect_err(|_| stopped.store(true, Ordering::Relaxed))?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn answers_keep_the_order_of_the_input() {
        let items: Vec<u64> = (0..40).collect();
        let mut seen = Vec::new();
        let work = |_: usize, &item: &u64| {
            std::thread::sleep(Duration::from_micros((item * 7919) % 500));
            item
        };
        in_order(&items, 4, work, |item| {
            seen.push(item);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, items);
    }

    #[test]
    fn a_closed_output_ends_the_work() {
        let items = [0; 100];
        let answer = in_order(&items, 3, |_, _| (), |()| Err(io::ErrorKind::BrokenPipe.into()));
        assert_eq!(answer.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
