using Market.Actors.Journal;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>kill -9 of the whole database, with fsync and synchronous_commit on.</summary>
public sealed class PostgresCrashTests
{
    private const int Kills = 4;

    [SkippableFact]
    public async Task A_killed_database_has_every_append_that_was_confirmed_and_none_in_part()
    {
        using var database = new Database();
        using var journal = database.NewHome().Open();
        var appends = new Appends();
        var waiting = appends.Next();
        var (given, confirmed) = (1, 0);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var goal = confirmed + (37 * kill);
            var writing = Task.Run(() =>
            {
                while (true)
                {
                    journal.Append(waiting);
                    Volatile.Write(ref confirmed, given);
                    waiting = appends.Next();
                    given++;
                }
            });
            await Eventually.TrueAsync(() => Volatile.Read(ref confirmed) >= goal);
            database.Server.Kill();
            await Should.ThrowAsync<JournalUnavailableException>(() => writing);
            Should.Throw<JournalUnavailableException>(journal.Probe).Message.ShouldContain("look whether it runs");

            database.Server.Start();

            var kept = appends.Kept(journal);
            kept.ShouldBeInRange(confirmed, given);
            if (kept == given)
            {
                confirmed = given++;
                waiting = appends.Next();
            }
        }
        journal.Append(waiting);
        appends.Kept(journal).ShouldBe(given);
    }

    [SkippableFact]
    public void A_database_that_was_restarted_is_found_again_at_the_next_use()
    {
        using var database = new Database();
        using var journal = database.NewHome().Open();
        var appends = new Appends();
        journal.Append(appends.Next());
        database.Server.Stop();
        var turns = appends.Next();
        Should.Throw<JournalUnavailableException>(() => journal.Append(turns));
        Should.Throw<JournalUnavailableException>(() => journal.Streams());
        database.Server.Start();
        appends.Kept(journal).ShouldBe(1);
        journal.Append(turns);
        appends.Kept(journal).ShouldBe(2);
    }
}
