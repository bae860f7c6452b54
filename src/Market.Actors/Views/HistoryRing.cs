using System.Collections;

namespace Market.Actors.Views;

/// <summary>The last so many of something, oldest forgotten first; grows up to its bound.</summary>
internal sealed class HistoryRing<T>(int capacity) : IEnumerable<T>
{
    private readonly List<T> _items = [];
    private int _oldest;

    public int Count => _items.Count;

    /// <summary>Number <paramref name="index"/>, 0 the oldest.</summary>
    public T this[int index] => _items[(_oldest + index) % _items.Count];

    public void Add(T item)
    {
        if (_items.Count < capacity)
        {
            _items.Add(item);
            return;
        }
        _items[_oldest] = item;
        _oldest = (_oldest + 1) % capacity;
    }

    /// <summary>Oldest first.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < _items.Count; i++) { yield return this[i]; }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
