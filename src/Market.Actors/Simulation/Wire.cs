using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;

namespace Market.Actors.Simulation;

/// <summary>The wire between shards: mail lies about until it is delivered, lost or repeated; or it arrives at once.</summary>
internal sealed class Wire(World world) : IPeers
{
    private readonly List<(StreamId From, int To, object Mail)> _onItsWay = [];
    private readonly Dictionary<(StreamId, int), long> _sent = [];

    public int Count => _onItsWay.Count;

    public void Send(StreamId from, int toShard, object mail)
    {
        if (world.Machine is not { IsAlive: true } machine || !machine.MaySay()) { return; }
        if (mail is LinkBatch batch)
        {
            world.Coverage.See(Sight.MailSentAgain, batch.FirstNumber <= _sent.GetValueOrDefault((from, toShard)));
            _sent[(from, toShard)] = batch.FirstNumber + batch.Messages.Count - 1;
        }
        if (world.Saboteur.Mail(world, from, toShard, mail) is not { } carried) { return; }
        if (world.IsLoose) { _onItsWay.Add((from, toShard, carried)); }
        else { Arrive(from, toShard, carried); }
    }

    /// <param name="keep">It will come again.</param>
    public void Deliver(int index, bool keep = false)
    {
        var (from, to, mail) = _onItsWay[index];
        if (keep) { world.Coverage.See(Sight.MailRepeated); }
        else { _onItsWay.RemoveAt(index); }
        Arrive(from, to, mail);
    }

    public void Lose(int index)
    {
        world.Coverage.See(_onItsWay[index].Mail is LinkAcknowledgement ? Sight.AcknowledgementLost : Sight.MailLost);
        _onItsWay.RemoveAt(index);
    }

    /// <summary>The machine died: what was on its way is lost, or finds the next one.</summary>
    public void Crash(bool survives)
    {
        world.Coverage.See(survives ? Sight.MailOutlivedCrash : Sight.MailLostInCrash, Count > 0);
        if (!survives) { _onItsWay.Clear(); }
    }

    private void Arrive(StreamId from, int to, object mail)
    {
        if (world.Machine is not { IsAlive: true } machine) { return; }
        if (mail is LinkBatch batch)
        {
            var received = world.Oracle(from.Market).Shards[to].Replayed.Links[from.Shard].Received;
            world.Coverage.See(Sight.MailHandledCameAgain, batch.FirstNumber + batch.Messages.Count - 1 <= received);
            world.Coverage.See(Sight.MailCameTooEarly, batch.FirstNumber > received + 1);
        }
        ((IPeers)machine.Engine).Send(from, to, mail);
    }
}
