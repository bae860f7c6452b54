using Market.Actors.Cluster;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class DoorMailTests
{
    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly TraderKey Bob = new("BONOBO", "bob");

    private readonly Mailbox _mailbox = new(100, () => { });

    [Fact]
    public void Commands_that_follow_each_other_are_one_mail_in_their_order()
    {
        foreach (var (trader, txnId) in new[] { (Alice, "1"), (Bob, "2"), (Alice, "3") }) { Tell(trader, txnId); }
        var mail = Gather(most: 10).ShouldHaveSingleItem();
        (mail.Door, mail.Beat).ShouldBe(("door", 4));
        mail.Commands.Select(command => command.Command.TxnId).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void No_mail_has_more_of_a_trader_than_may_come_again()
    {
        for (var i = 0; i < 5; i++) { Tell(Alice, $"a{i}"); }
        Tell(Bob, "b");
        Gather(most: 2).Select(mail => mail.Commands.Select(command => command.Command.TxnId))
            .ShouldBe([["a0", "a1"], ["a2", "a3"], ["a4", "b"]]);
    }

    private void Tell(TraderKey trader, string txnId) => _mailbox.TryPost(new Envelope { Trader = trader, Command = TraderCommand.Buy(txnId, 1) }).ShouldBeTrue();

    private IEnumerable<CommandMail> Gather(int most) =>
        DoorMail.Gather("door", 4, most, _mailbox, new DoorDesk(64), new Timestamp(1), () => 1).Cast<CommandMail>();
}
