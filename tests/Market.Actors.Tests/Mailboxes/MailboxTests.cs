using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Mailboxes;

public class MailboxTests
{
    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly Failure Gone = new(FailureKind.Stopping, "gone");
    private readonly RecordingSink _answers = new();
    private int _woken;

    [Fact]
    public void Commands_are_taken_in_the_order_they_were_posted()
    {
        var mailbox = Mailbox(100);
        for (var i = 0; i < 100; i++) { mailbox.TryPost(Command(i)).ShouldBeTrue(); }
        mailbox.Depth.ShouldBe(100);
        Tags(mailbox.TakeAll().Commands).ShouldBe(Enumerable.Range(0, 100).Select(i => (long)i));
        mailbox.Depth.ShouldBe(0);
        mailbox.TakeAll().Commands.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void A_full_mailbox_takes_no_more_until_it_was_emptied(int capacity)
    {
        var mailbox = Mailbox(capacity);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < capacity; i++) { mailbox.TryPost(Command(i)).ShouldBeTrue(); }
            mailbox.TryPost(Command(-1)).ShouldBeFalse();
            mailbox.Depth.ShouldBe(capacity);
            Tags(mailbox.TakeAll().Commands).Count.ShouldBe(capacity);
        }
        _answers.Failures.ShouldBeEmpty(); // who was not let in knows at once
    }

    [Fact]
    public void Mail_of_other_shards_is_let_in_when_commands_are_not()
    {
        var mailbox = Mailbox(1);
        mailbox.TryPost(Command(0));
        mailbox.PostLink("one");
        mailbox.PostLink("two");
        mailbox.TryPost(Command(1)).ShouldBeFalse();
        var mail = mailbox.TakeAll(withCommands: false);
        mail.Links.ToArray().ShouldBe(["one", "two"]);
        mail.Commands.Length.ShouldBe(0);
        mailbox.HasMail.ShouldBeTrue();
        Tags(mailbox.TakeAll().Commands).ShouldBe([0L]);
        mailbox.HasMail.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_takes_is_woken_by_the_first_command_and_by_every_link()
    {
        var mailbox = Mailbox(10);
        mailbox.TryPost(Command(0));
        mailbox.TryPost(Command(1));
        _woken.ShouldBe(1);
        mailbox.PostLink("one");
        _woken.ShouldBe(2);
        mailbox.TakeAll();
        mailbox.TryPost(Command(2));
        _woken.ShouldBe(3);
    }

    [Fact]
    public void Refusing_answers_all_that_waits()
    {
        var mailbox = Mailbox(10);
        mailbox.TryPost(Command(1));
        mailbox.TryPost(new Envelope { Body = new MoveMarket(MarketAction.Start, _answers, 2) });
        mailbox.Refuse(Gone).ShouldBe(2);
        _answers.Failures.ShouldBe([(1L, Gone), (2L, Gone)]);
        mailbox.Refuse(Gone).ShouldBe(0);
        mailbox.TryPost(Command(3)).ShouldBeTrue();
        mailbox.Depth.ShouldBe(1);
    }

    [Fact]
    public void A_closed_mailbox_answers_at_once_and_keeps_nothing()
    {
        var mailbox = Mailbox(2);
        mailbox.TryPost(Command(1));
        mailbox.Close(Gone);
        for (var tag = 2; tag < 10; tag++) { mailbox.TryPost(Command(tag)).ShouldBeTrue(); }
        mailbox.PostLink("to nobody");
        _answers.Failures.Select(failed => failed.Tag).ShouldBe([1L, 2, 3, 4, 5, 6, 7, 8, 9]);
        mailbox.HasMail.ShouldBeFalse();
    }

    /// <summary>What is posted by many at once while another takes comes out once each, in the order of its poster.</summary>
    [Fact]
    public async Task Nothing_is_lost_or_doubled_between_many_posters_and_one_taker()
    {
        const int posters = 4;
        const int each = 5_000;
        var mailbox = new Mailbox(200, () => { });
        var posting = Enumerable.Range(0, posters).Select(poster => Task.Run(() => PostAll(mailbox, poster, each))).ToArray();
        var next = new int[posters];
        var linked = 0;
        while (next.Sum() < posters * each || linked < posters * each / 100)
        {
            var mail = mailbox.TakeAll();
            mail.Commands.Length.ShouldBeLessThanOrEqualTo(200);
            foreach (var envelope in mail.Commands)
            {
                var poster = (int)(envelope.Tag / each);
                (envelope.Tag % each).ShouldBe(next[poster]++);
            }
            linked += mail.Links.Length;
        }
        await Task.WhenAll(posting);
        mailbox.HasMail.ShouldBeFalse();
        linked.ShouldBe(posters * each / 100);
    }

    private static void PostAll(Mailbox mailbox, int poster, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var spin = new SpinWait();
            while (!mailbox.TryPost(new Envelope { Trader = Alice, Tag = (poster * (long)count) + i })) { spin.SpinOnce(sleep1Threshold: -1); }
            if (i % 100 == 0) { mailbox.PostLink(poster); }
        }
    }

    private Mailbox Mailbox(int capacity) => new(capacity, () => _woken++);

    private Envelope Command(long tag) => new() { Trader = Alice, Command = TraderCommand.Feed("t", 1), AnswerTo = _answers, Tag = tag };

    private static List<long> Tags(ReadOnlySpan<Envelope> commands)
    {
        var tags = new List<long>();
        foreach (var envelope in commands) { tags.Add(envelope.Tag); }
        return tags;
    }
}
