namespace ClvOrleans.Statistics.Fitting;

/// <summary>A function to maximise: returns its value at a point and writes its gradient.</summary>
internal delegate double Objective(double[] at, double[] gradient);
