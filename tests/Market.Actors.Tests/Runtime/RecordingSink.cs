using Market.Actors.Answers;
using Market.Protocol.Messages;

namespace Market.Actors.Tests.Runtime;

/// <summary>Keeps all that it is told, in order.</summary>
public sealed class RecordingSink : IAnswerTo<Result>, IAnswerTo<Joined>, IAnswerTo<Gibb>, IAnswerTo<Moved>
{
    /// <summary>Answers and failures alike, by tag, in the order they came.</summary>
    public List<(long Tag, object What)> All { get; } = [];

    public IReadOnlyList<(long Tag, Failure Failure)> Failures => [.. All.Where(one => one.What is Failure).Select(one => (one.Tag, (Failure)one.What))];

    /// <summary>Called before anything is kept.</summary>
    public Action<long> Heard { get; init; } = _ => { };

    /// <summary>The one thing said with this tag.</summary>
    public object this[long tag] => All.Where(one => one.Tag == tag).ShouldHaveSingleItem($"what was said to {tag}").What;

    public Result Result(long tag) => this[tag].ShouldBeOfType<Result>();

    public void Answer(long tag, in Result answer) => Keep(tag, answer);

    public void Answer(long tag, in Joined answer) => Keep(tag, answer);

    public void Answer(long tag, in Gibb answer) => Keep(tag, answer);

    public void Answer(long tag, in Moved answer) => Keep(tag, answer);

    public void Fail(long tag, Failure failure) => Keep(tag, failure);

    private void Keep(long tag, object what)
    {
        Heard(tag);
        All.Add((tag, what));
    }
}
